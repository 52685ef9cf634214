/** When this process's own event loop stood still, so that a busy machine is not taken for a slow guard. */
export interface Stalls extends Disposable {
  /** Milliseconds it stood still between two moments of `performance.now()`. */
  between(from: number, to: number): number;
}

const STEP_MS = 5;

export function watchStalls(): Stalls {
  const stalls: { from: number; to: number }[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - last > 3 * STEP_MS) stalls.push({ from: last + STEP_MS, to: now });
    last = now;
  }, STEP_MS);
  return {
    between(from, to) {
      let stood = 0;
      for (const stall of stalls) stood += Math.max(0, Math.min(to, stall.to) - Math.max(from, stall.from));
      return stood;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
