import { createHash } from "node:crypto";
import type { FeedFailure } from "./errors.ts";
import type { Feed, PollAnswer, QuotaNews, StoredAnswer } from "./feed.ts";
import { type AnswerHead, type FetchDeps, fetchAnswer } from "./fetch.ts";
import { retryAfterMs } from "./retry_after.ts";
import type { ReadAnswer } from "./snapshot.ts";

export interface HttpFeedOptions {
  /** As in `feeds.source`. */
  readonly source: string;
  /** As in `events.source`: the same, but for scores, which speak of another feed's events. */
  readonly eventsSource?: string;
  readonly sport?: string;
  /** Where to ask, given the key: called with a stand-in as well, to tell addresses apart without it. */
  url(at: Date, key: string): string;
  /** Asked for at each poll and put nowhere but into the URL. */
  key(): string;
  readonly accept?: string;
  readonly read: ReadAnswer;
  readonly limits: HttpLimits;
  quotaNews?(head: AnswerHead): QuotaNews;
  failureOf?(status: number, words: string): FeedFailure | undefined;
}

export interface HttpLimits {
  /** For the whole answer. */
  readonly deadlineMs: number;
  /** Of the answer as it came and as it unfolds. */
  readonly bytesMax: number;
  readonly progressMs?: number;
  readonly progressBytes?: number;
}

const NO_NEWS: QuotaNews = { remaining: undefined, cost: undefined };

/** A source over HTTP: fetched and read in one stream, asked only for what is new where it can say so. */
export function httpFeed(options: HttpFeedOptions, deps: FetchDeps): Feed {
  const { source, eventsSource = source, sport, limits, read } = options;
  return {
    source,
    async poll({ at, signal, stored, answered }) {
      const address = digest(options.url(at, "{key}"));
      const isSame = stored?.url === address;
      await using answer = await fetchAnswer(
        options.url(at, options.key()),
        {
          ...limits,
          source,
          signal,
          ...(options.accept === undefined ? {} : { accept: options.accept }),
          ...(options.failureOf === undefined ? {} : { failureOf: options.failureOf }),
          validators: isSame ? stored : undefined,
          answered: (head) => answered?.(newsOf(head, address, at)),
        },
        deps,
      );
      if (answer.notModified) return undefined;
      const context = { source: eventsSource, at, ...(sport === undefined ? {} : { sport }) };
      try {
        return await read(answer.body, context);
      } catch (error) {
        // A reader that met the end of a broken connection calls it a truncated answer: what broke it says more.
        throw answer.failure() ?? error;
      }
    },
  };

  function newsOf(head: AnswerHead, url: string, at: Date): PollAnswer {
    return {
      stored: { ...storedOf(head), url },
      quota: options.quotaNews?.(head) ?? NO_NEWS,
      retryAfterMs: retryAfterMs(head, at),
    };
  }
}

/** A validator longer than this is kept by nobody, and the next request is not conditional. */
const VALIDATOR_MAX = 100;

function storedOf(head: AnswerHead): Omit<StoredAnswer, "url"> {
  const short = (name: string) => {
    const value = head.header(name);
    return value !== undefined && value.length <= VALIDATOR_MAX ? value : undefined;
  };
  return { etag: short("etag"), lastModified: short("last-modified") };
}

function digest(address: string): string {
  return createHash("sha256").update(address).digest("hex");
}

/** A template of an address with its values in place, each encoded for it. */
export function addressOfTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-z_]+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    // The stand-in of a key stays readable, so that nobody takes it for one.
    return value === "{key}" ? value : encodeURIComponent(value);
  });
}
