import type { Clock } from "../resilience/mod.ts";
import { FeedUnreachableError, FeedUnreadableError } from "./errors.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface FetchJsonOptions {
  /** For errors; the URL itself carries a key and is never shown. */
  readonly source: string;
  /** For the whole answer, from the first byte sent to the last received. */
  readonly deadlineMs: number;
  /** Of the body after decompression: a small answer can unfold without end. */
  readonly bytesMax: number;
  readonly signal: AbortSignal;
}

export interface FetchDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/**
 * One JSON document over HTTP: bounded in time and size, and from the host that was asked, as no redirect is followed.
 *
 * @throws {FeedUnreachableError} If there was no whole answer with status 200 in time and size.
 * @throws {FeedUnreadableError} If it is no JSON.
 */
export async function fetchJson(url: string, options: FetchJsonOptions, deps: FetchDeps): Promise<unknown> {
  const { source, deadlineMs, bytesMax, signal } = options;
  const limit = new AbortController();
  const timer = deps.clock.after(deadlineMs, () =>
    limit.abort(new FeedUnreachableError(source, `no whole answer came within ${deadlineMs} ms`)),
  );
  const ending = AbortSignal.any([signal, limit.signal]);
  try {
    const body = await aborting(fetchBody(url, { source, bytesMax, ending }, deps.fetch), ending);
    return parseJson(body, source);
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    if (cause instanceof FeedUnreachableError || cause instanceof FeedUnreadableError) throw cause;
    throw new FeedUnreachableError(source, "the connection failed", { cause });
  } finally {
    timer[Symbol.dispose]();
  }
}

interface BodyOptions {
  readonly source: string;
  readonly bytesMax: number;
  readonly ending: AbortSignal;
}

async function fetchBody(
  url: string,
  { source, bytesMax, ending }: BodyOptions,
  fetch: Fetch,
): Promise<string> {
  const response = await fetch(url, {
    redirect: "manual",
    signal: ending,
    headers: { accept: "application/json" },
  });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new FeedUnreachableError(source, `it answered with status ${response.status}`);
  }
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let bytes = 0;
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > bytesMax) {
      await reader.cancel();
      throw new FeedUnreachableError(source, `its answer is larger than ${bytesMax} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Leaves when the signal aborts, even if the work below does not heed it. */
async function aborting<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
    work.catch(() => {});
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FeedUnreadableError(source, "its answer is no JSON", { cause });
  }
}
