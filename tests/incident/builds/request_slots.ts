/** As many requests at once as there are slots; the rest wait in the order they came, health checks among them. */
export interface RequestSlots {
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** The threading model of `gunicorn -w W -k gthread --threads T`, whose worker threads each serve one request: W × T slots. */
export function createRequestSlots(slots: number): RequestSlots {
  const line: (() => void)[] = [];
  let free = slots;
  return {
    async run(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => line.push(resolve));
      try {
        return await work();
      } finally {
        const next = line.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
