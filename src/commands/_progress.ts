import type { Clock } from "../resilience/mod.ts";

/** One line that tells how far long work is. */
export interface Progress {
  /** Writes over what was told before; at most ten times a second, so that telling costs nothing. */
  show(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

export interface ProgressOptions {
  /** Where people look, as standard error. */
  readonly stream: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly clock: Pick<Clock, "now">;
}

const EVERY_MS = 100;
/** Back to the first column, and everything on the line away. */
const OVER = "\r\u001b[2K";

/** A line for people at a terminal alone: in a pipe or a file nothing is ever written. */
export function createProgress({ stream, clock }: ProgressOptions): Progress {
  let shownAt = Number.NEGATIVE_INFINITY;
  let isShown = false;
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  return {
    show(text) {
      if (clock.now() - shownAt < EVERY_MS) return;
      shownAt = clock.now();
      isShown = true;
      stream.write(`${OVER}${text}`);
    },
    clear() {
      if (isShown) stream.write(OVER);
      isShown = false;
      shownAt = Number.NEGATIVE_INFINITY;
    },
  };
}
