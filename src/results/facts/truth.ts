import type { Bounds } from "./bounds.ts";

/** What is not known, in the words of the facts, as in "score first_half". */
export interface Missing {
  readonly missing: string;
}

/** True, false, or what must be known to tell. */
export type Truth = boolean | Missing;

export function isMissing(value: unknown): value is Missing {
  return typeof value === "object" && value !== null && "missing" in value;
}

/** A number that may not be fully known, with the words for what would settle it. */
export interface Quantity extends Bounds {
  readonly of: string;
}

export function atLeast({ least, most, of }: Quantity, number: number): Truth {
  if (least >= number) return true;
  return most < number ? false : { missing: of };
}

export function atMost(quantity: Quantity, number: number): Truth {
  return not(atLeast(quantity, number + 1));
}

export function equals(quantity: Quantity, number: number): Truth {
  return and(atLeast(quantity, number), atMost(quantity, number));
}

export function isOdd({ least, most, of }: Quantity): Truth {
  return least === most ? least % 2 === 1 : { missing: of };
}

export function not(truth: Truth): Truth {
  return isMissing(truth) ? truth : !truth;
}

/** False as soon as one is, whatever else is missing. */
export function and(...truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.find(isMissing) ?? true;
}

/** True as soon as one is. */
export function or(...truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.find(isMissing) ?? false;
}
