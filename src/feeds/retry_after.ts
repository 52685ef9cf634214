import type { AnswerHead } from "./fetch.ts";

const WAITING: ReadonlySet<number> = new Set([429, 503]);
/** A vendor that names next year is not taken at its word. */
const MS_MAX = 24 * 3_600_000;

/** How long a refusing vendor asks to be left alone (RFC 9110 §10.2.3: seconds or a date); `undefined` if it does not say. */
export function retryAfterMs(head: AnswerHead, at: Date): number | undefined {
  const text = WAITING.has(head.status) ? head.header("retry-after") : undefined;
  if (text === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - at.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(MS_MAX, Math.max(0, ms));
}
