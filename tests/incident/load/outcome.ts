import { marksIn } from "./arrivals.ts";
import type { Reply } from "./sender.ts";

/** Who asked: a visitor of a tenant held before, a visitor of one never loaded, or the platform. */
export type Audience = "held" | "new" | "health";

/** Where an answer came from, by its `Cache-Status` (RFC 9211). */
export type Provenance = "fresh" | "stale" | "default";

/** What became of one request. Everything but an answer of 200 with the right tenant's bytes is a failure. */
export interface Outcome {
  readonly audience: Audience;
  /** When the schedule wanted it sent, in milliseconds since the load began. */
  readonly atMs: number;
  /** From the scheduled time to the last byte, or to giving up: a generator that falls behind cannot hide it. */
  readonly tookMs: number;
  readonly ending: Reply["ending"];
  /** Of an answer. */
  readonly status?: number;
  readonly provenance?: Provenance;
  /** The body carries another tenant's brand, or claims to be loaded and lacks its own. */
  readonly foreign?: true;
}

/** Joins a reply with the request it answers; `slug` is undefined for health, whose body is no tenant's. */
export function judge(
  reply: Reply,
  { audience, atMs, tookMs, slug }: { audience: Audience; atMs: number; tookMs: number; slug?: string },
): Outcome {
  const base = { audience, atMs: round(atMs), tookMs: round(tookMs), ending: reply.ending };
  if (reply.ending !== "answered") return base;
  const provenance = provenanceOf(reply.headers.get("cache-status"));
  const foreign = reply.status === 200 && slug !== undefined && isForeign(reply.body, { slug, provenance });
  return { ...base, status: reply.status, ...(provenance && { provenance }), ...(foreign && { foreign }) };
}

/** Whether a visitor or a check got what it asked for. */
export function isGood(outcome: Outcome): boolean {
  return outcome.ending === "answered" && outcome.status === 200 && outcome.foreign !== true;
}

/** `ttl` below zero is stale, `detail=default` the default; any other word of a cache is an answer as good as new. */
export function provenanceOf(cacheStatus: string | undefined): Provenance | undefined {
  if (cacheStatus === undefined) return undefined;
  if (/;\s*detail="?default"?/.test(cacheStatus)) return "default";
  return /;\s*ttl=-[0-9]*[1-9]/.test(cacheStatus) ? "stale" : "fresh";
}

function isForeign(
  body: string,
  { slug, provenance }: { slug: string; provenance: Provenance | undefined },
): boolean {
  const marks = marksIn(body);
  if (provenance === "default") return marks.size > 0;
  return marks.size !== 1 || !marks.has(slug);
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
