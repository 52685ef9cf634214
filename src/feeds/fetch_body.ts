import type { Clock } from "../resilience/mod.ts";
import { nextTurn } from "../resilience/mod.ts";
import { FeedUnreachableError, FeedUnreadableError } from "./errors.ts";

export interface BodyLimits {
  /** Of the bytes as they came, and again of those they unfold to: a small answer can unfold without end. */
  readonly bytesMax: number;
  /** At least `progressBytes` in each `progressMs` of waiting: a byte a second would otherwise last until the deadline. */
  readonly progressMs: number;
  readonly progressBytes: number;
}

export interface BodyOptions {
  readonly source: string;
  /** As the answer's header names it; `gzip` alone was asked for. */
  readonly encoding: string | undefined;
  readonly limits: BodyLimits;
  /** Aborts at the deadline or when the caller gives up. */
  readonly ending: AbortSignal;
}

/**
 * The bytes of an answer, unfolded as they are asked for: what is read ahead is bounded (a bomb of 1000 to 1 stays below 35 MB,
 * whatever it would unfold to).
 *
 * @throws {FeedUnreachableError} If it is too large, too slow, or ends early.
 * @throws {FeedUnreadableError} If it is not encoded as it says, or as was not asked for.
 * @throws The signal's reason when it aborts.
 */
export async function* readBody(
  stream: ReadableStream<Uint8Array>,
  options: BodyOptions,
  { clock }: { readonly clock: Clock },
): AsyncGenerator<Uint8Array, void, undefined> {
  const { source, limits } = options;
  const encoding = options.encoding?.toLowerCase().trim() ?? "";
  const received = capped(receive(stream, options, clock), source, limits.bytesMax);
  if (encoding === "" || encoding === "identity") yield* received;
  else if (encoding === "gzip" || encoding === "x-gzip")
    yield* capped(unfolded(received, source), source, limits.bytesMax);
  else {
    await stream.cancel().catch(() => {});
    throw new FeedUnreadableError(source, "its answer is encoded in a way that was not asked for");
  }
}

async function* receive(
  stream: ReadableStream<Uint8Array>,
  { source, limits, ending }: BodyOptions,
  clock: Clock,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  const progress = watchProgress(limits, source, clock);
  try {
    for (;;) {
      const { done, value } = await progress(() => aborting(reader.read(), ending));
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

type Received = { readonly done: boolean; readonly value?: Uint8Array | undefined };

/** Counts only the time spent waiting for the source: a reader that is slow with what it has is not the source's fault. */
function watchProgress({ progressMs, progressBytes }: BodyLimits, source: string, clock: Clock) {
  let bytes = 0;
  let leftMs = progressMs;
  return async <T extends Received>(read: () => Promise<T>): Promise<T> => {
    const startedAt = clock.now();
    const { promise: stalled, reject } = Promise.withResolvers<never>();
    const look = () => {
      if (bytes < progressBytes) {
        const why = `it sends less than ${progressBytes} bytes in ${progressMs} ms`;
        reject(new FeedUnreachableError(source, why, { failure: "stalled" }));
        return;
      }
      bytes = 0;
      timer = clock.after(progressMs, look);
    };
    let timer = clock.after(leftMs, look);
    try {
      const received = await Promise.race([read(), stalled]);
      bytes += received.value?.byteLength ?? 0;
      return received;
    } finally {
      timer[Symbol.dispose]();
      const waitedMs = clock.now() - startedAt;
      leftMs = waitedMs < leftMs ? leftMs - waitedMs : progressMs - ((waitedMs - leftMs) % progressMs);
    }
  };
}

async function* capped(
  body: AsyncIterable<Uint8Array>,
  source: string,
  bytesMax: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) {
      const why = `its answer is larger than ${bytesMax} bytes`;
      throw new FeedUnreachableError(source, why, { failure: "too_large" });
    }
    yield chunk;
  }
}

/** A millisecond or less of unfolding. */
const TURN_BYTES = 512 * 1024;

/** gzip undone as it is asked for. The error of the bytes below goes before what the decompressor makes of it. */
async function* unfolded(
  body: AsyncGenerator<Uint8Array, void, undefined>,
  source: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let below: { readonly error: unknown } | undefined;
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await body.next();
          if (done) controller.close();
          else controller.enqueue(new Uint8Array(value));
        } catch (error) {
          below = { error };
          controller.error(error);
        }
      },
      cancel: async () => void (await body.return()),
    },
    { highWaterMark: 0 },
  );
  const reader = compressed.pipeThrough(new DecompressionStream("gzip")).getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
      // What is unfolded is at hand at once: without a turn of the event loop now and then, no timer and no other feed had one.
      bytes += value.byteLength;
      if (bytes >= TURN_BYTES) {
        bytes = 0;
        await nextTurn();
      }
    }
  } catch (cause) {
    if (below !== undefined) throw below.error;
    throw new FeedUnreadableError(source, "its answer cannot be decompressed", { cause });
  } finally {
    await reader.cancel().catch(() => {});
    await body.return();
  }
}

/** Leaves when the signal aborts, even if the work below does not heed it. */
export async function aborting<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {});
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
