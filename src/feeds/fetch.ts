import { isIP } from "node:net";
import type { Clock } from "../resilience/mod.ts";
import { type FeedFailure, FeedUnreachableError, FeedUnreadableError } from "./errors.ts";
import { type AddressDeps, addressOf } from "./fetch_address.ts";
import { aborting, type BodyLimits, readBody } from "./fetch_body.ts";

export type Fetch = (url: string, init: BunFetchRequestInit) => Promise<Response>;

/** What makes a request conditional: what the answer that is stored came with. */
export interface Validators {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** The head of whatever the source answered in the end, an error included. */
export interface AnswerHead {
  readonly status: number;
  header(name: string): string | undefined;
}

export interface FetchOptions extends Partial<BodyLimits> {
  /** For errors; the URL itself carries a key and is never shown. */
  readonly source: string;
  /** For the whole answer, from the first byte sent to the last received. */
  readonly deadlineMs: number;
  readonly bytesMax: number;
  readonly signal: AbortSignal;
  readonly accept?: string;
  readonly validators?: Validators | undefined;
  /** Told of the head before the status is judged. */
  readonly answered?: ((head: AnswerHead) => void) | undefined;
  /** What a refusal means, by its status and first words; by the status alone unless it says. */
  readonly failureOf?: (status: number, words: string) => FeedFailure | undefined;
}

export interface FetchDeps extends AddressDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/** Disposing ends whatever is still under way. */
export interface FetchedAnswer extends AsyncDisposable {
  /** The stored state is still the source's: 304, only after a conditional request; the body is empty. */
  readonly notModified: boolean;
  /** To be read once; throws as `fetchAnswer` does. */
  readonly body: AsyncIterable<Uint8Array>;
  /** What ended the body early: it goes before whatever a reader made of that. */
  failure(): unknown;
}

const PROGRESS = { progressMs: 10_000, progressBytes: 10_240 };
const REDIRECTS_MAX = 2;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const WORDS_MAX = 4096;

/**
 * One answer over HTTP: bounded in time, in pace and in size however it is packed, from the host that was asked and no other. The
 * status decides, the content type does not: readers tell what it is.
 *
 * Bun repeats a GET by itself when a kept connection is reset, and a vendor would bill both: each request has a connection of its own.
 *
 * @throws {FeedUnreachableError} If there is no such answer.
 * @throws The signal's reason when it aborts.
 */
export async function fetchAnswer(
  url: string,
  options: FetchOptions,
  deps: FetchDeps,
): Promise<FetchedAnswer> {
  const { source, deadlineMs, signal } = options;
  const limit = new AbortController();
  const timer = deps.clock.after(deadlineMs, () => {
    const why = `no whole answer came within ${deadlineMs} ms`;
    limit.abort(new FeedUnreachableError(source, why, { failure: "timed_out" }));
  });
  const ending = AbortSignal.any([signal, limit.signal]);
  const close = () => {
    timer[Symbol.dispose]();
    limit.abort(new FeedUnreachableError(source, "its answer was left"));
  };
  try {
    const response = await follow(new URL(url), { ...options, ending }, deps);
    options.answered?.(headOf(response));
    await judge(response, { ...options, ending }, deps);
    return answerOf(response, { ...options, ending }, { ...deps, close });
  } catch (error) {
    const told = failureIn(error, source, ending);
    close();
    throw told;
  }
}

interface Under extends FetchOptions {
  readonly ending: AbortSignal;
}

/** The last answer of at most two redirects, each to the same host and none from https to http. */
async function follow(url: URL, options: Under, deps: FetchDeps): Promise<Response> {
  let at = url;
  for (let hops = 0; ; hops += 1) {
    const response = await request(at, options, deps);
    if (!REDIRECTS.has(response.status)) return response;
    void response.body?.cancel().catch(() => {});
    at = redirected(at, response.headers.get("location") ?? "", { source: options.source, hops });
  }
}

async function request(url: URL, options: Under, deps: FetchDeps): Promise<Response> {
  const { source, ending, accept = "application/json", validators } = options;
  const address = await aborting(addressOf(url, source, deps), ending);
  const direct = new URL(url);
  direct.hostname = isIP(address) === 6 ? `[${address}]` : address;
  const { etag, lastModified } = validators ?? {};
  const init: BunFetchRequestInit = {
    redirect: "manual",
    keepalive: false,
    decompress: false,
    signal: ending,
    headers: {
      host: url.host,
      accept,
      "accept-encoding": "gzip",
      ...(etag === undefined ? {} : { "if-none-match": etag }),
      ...(lastModified === undefined ? {} : { "if-modified-since": lastModified }),
    },
    // The certificate must be the name's, as the address is only where we connect to.
    ...(url.protocol === "https:" && direct.hostname !== url.hostname
      ? { tls: { serverName: url.hostname } }
      : {}),
  };
  return await aborting(deps.fetch(direct.href, init), ending);
}

function redirected(from: URL, location: string, { source, hops }: { source: string; hops: number }): URL {
  const refused = (why: string) => new FeedUnreachableError(source, why, { failure: "redirected" });
  if (hops >= REDIRECTS_MAX) throw refused(`it redirects more than ${REDIRECTS_MAX} times`);
  if (!URL.canParse(location, from.href)) throw refused("it redirects to nowhere");
  const to = new URL(location, from.href);
  const upgrades =
    from.protocol === "http:" && to.protocol === "https:" && from.port === "" && to.port === "";
  if (to.hostname !== from.hostname || (!upgrades && to.origin !== from.origin))
    throw refused("it redirects to another host");
  return to;
}

async function judge(response: Response, options: Under, { clock }: FetchDeps): Promise<void> {
  const { status } = response;
  const { source, validators, failureOf } = options;
  const asked = validators?.etag !== undefined || validators?.lastModified !== undefined;
  if (status === 200 || (status === 304 && asked)) return;
  const words = failureOf === undefined ? "" : await firstWords(response, options, clock);
  void response.body?.cancel().catch(() => {});
  throw new FeedUnreachableError(source, `it answered with status ${status}`, {
    failure: failureOf?.(status, words) ?? failureByStatus(status),
  });
}

function failureByStatus(status: number): FeedFailure {
  if (status === 429) return "rate_limited";
  if (status >= 500) return "server_error";
  return "refused";
}

async function firstWords(response: Response, options: Under, clock: Clock): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let words = "";
  try {
    for await (const chunk of bodyOf(response, response.body, options, clock)) {
      words += decoder.decode(chunk, { stream: true });
      if (words.length > WORDS_MAX) break;
    }
  } catch {
    // What it says beside its status is only a hint.
  }
  return words.slice(0, WORDS_MAX);
}

function bodyOf(response: Response, stream: ReadableStream<Uint8Array>, options: Under, clock: Clock) {
  const { source, ending, bytesMax, progressMs, progressBytes } = { ...PROGRESS, ...options };
  const encoding = response.headers.get("content-encoding") ?? undefined;
  const limits = { bytesMax, progressMs, progressBytes };
  return readBody(stream, { source, encoding, limits, ending }, { clock });
}

function answerOf(
  response: Response,
  options: Under,
  { clock, close }: FetchDeps & { readonly close: () => void },
): FetchedAnswer {
  let failure: unknown;
  return {
    notModified: response.status === 304,
    body: (async function* () {
      if (response.body === null) return;
      try {
        yield* bodyOf(response, response.body, options, clock);
      } catch (error) {
        failure = failureIn(error, options.source, options.ending);
        throw failure;
      }
    })(),
    failure: () => failure,
    [Symbol.asyncDispose]: async () => close(),
  };
}

function headOf(response: Response): AnswerHead {
  return { status: response.status, header: (name) => response.headers.get(name)?.trim() || undefined };
}

/** Ours as it is; the runtime's by its code alone, since its message holds the URL. */
function failureIn(error: unknown, source: string, ending: AbortSignal): unknown {
  if (error instanceof FeedUnreachableError || error instanceof FeedUnreadableError) return error;
  if (ending.aborted) return ending.reason;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const words = /^[A-Za-z_]{3,60}$/.test(code) ? ` (${code})` : "";
  return new FeedUnreachableError(source, `the connection failed${words}`);
}
