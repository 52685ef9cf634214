/** One answer to a visitor that came through a cache: how good it was. Fed to metrics, status and the log. */
export interface AnswerServed {
  readonly kind: "answer_served";
  /** What kind of answer, as in `branding`: a bounded name. */
  readonly what: string;
  /** Whose or which, as an operator knows it. */
  readonly key: string;
  /** `refused`: nothing could be served, and the visitor was told to come again. */
  readonly state: "fresh" | "stale" | "default" | "refused";
  /** Why it was not fresh, as in `pool_exhausted`. */
  readonly cause?: string | undefined;
  /** Milliseconds since the load that last confirmed it. */
  readonly ageMs?: number;
  /** How many answers alike are told of at once; 1 by default. */
  readonly times?: number | undefined;
}
