/** What a number can be: `most` is Infinity, and `least` of a difference -Infinity, where nothing bounds it. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

export const ANY_COUNT: Bounds = { least: 0, most: Number.POSITIVE_INFINITY };

/** The one number it must be, or `undefined` while it can be several. */
export function exactly({ least, most }: Bounds): number | undefined {
  return least === most ? least : undefined;
}

export function sumOf(...parts: readonly Bounds[]): Bounds {
  return {
    least: parts.reduce((sum, { least }) => sum + least, 0),
    most: parts.reduce((sum, { most }) => sum + most, 0),
  };
}

/** `left − right`, as if nothing tied the two together. */
export function differenceOf(left: Bounds, right: Bounds): Bounds {
  return { least: left.least - right.most, most: left.most - right.least };
}

export function scaled({ least, most }: Bounds, factor: number): Bounds {
  return { least: least * factor, most: most * factor };
}

/** What it is if both are true; `least` above `most` if they cannot both be. */
export function narrowed(one: Bounds, other: Bounds): Bounds {
  return { least: Math.max(one.least, other.least), most: Math.min(one.most, other.most) };
}
