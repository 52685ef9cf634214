import type { Identity } from "./mutant.ts";

/** A mutant that no test can kill, and why: it does the same as the file itself. */
export interface Explained extends Omit<Identity, "file" | "occurrence"> {
  /** 1 unless said otherwise. */
  readonly occurrence?: number;
  /** Why nothing can tell it from the file as it is. */
  readonly why: string;
}
