/** What the metrics of a `web` say of its streams while it works. */
export interface KeptWatch extends AsyncDisposable {
  /** The most bytes, so far, that waited for readers and were kept for those who come back, together. */
  mostBytes(): number;
}

const LOOK_MS = 1000;

/** Looks once a second. */
export function watchKept(opsUrl: string): KeptWatch {
  let most = 0;
  let closed = false;
  const watching = (async () => {
    while (!closed) {
      const text = await metricsOf(opsUrl);
      const sum =
        seriesOf(text, "linehold_stream_queued_bytes") + seriesOf(text, "linehold_stream_replay_bytes");
      most = Math.max(most, sum);
      await Bun.sleep(LOOK_MS);
    }
  })();
  return {
    mostBytes: () => most,
    async [Symbol.asyncDispose]() {
      closed = true;
      await watching;
    },
  };
}

/** How many streams were dropped for this reason, once that is any or the time is over. */
export async function dropsOf(
  opsUrl: string,
  reason: string,
  { withinMs }: { readonly withinMs: number },
): Promise<number> {
  const until = performance.now() + withinMs;
  for (;;) {
    const found = seriesOf(await metricsOf(opsUrl), `linehold_stream_dropped_total{reason="${reason}"}`);
    if (found > 0 || performance.now() > until) return found;
    await Bun.sleep(100);
  }
}

async function metricsOf(opsUrl: string): Promise<string> {
  return await (await fetch(`${opsUrl}/metrics`)).text();
}

/** `NaN` for what is not there: nothing measured must not pass for something. */
function seriesOf(text: string, series: string): number {
  const line = text.split("\n").find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? Number.NaN);
}
