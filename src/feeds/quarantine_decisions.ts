import type { OfferedPrice } from "../markets/mod.ts";
import { encodeHeld } from "./held_back.ts";
import { identityOf } from "./judge_prices.ts";
import type { QuarantineItem, SnapshotEvent } from "./snapshot.ts";

/** A decision in force, as stored: it stands for the very sample and value it was made on. */
export interface DecisionRow {
  readonly source_event_id: string;
  readonly reason: string;
  readonly item: string;
  readonly state: "released" | "discarded";
  readonly sample: unknown;
  readonly held: unknown;
}

/** What traders have decided about the items of one source. */
export interface Decisions {
  /** About this very item: the same name, saying the same as when it was decided. Anything else is judged anew. */
  of(item: QuarantineItem): DecisionRow["state"] | undefined;
}

/** The decisions of these rows. */
export function decisionsOf(rows: readonly DecisionRow[]): Decisions {
  const byName = new Map(rows.map((row) => [nameOf(row.source_event_id, row.reason, row.item), row]));
  return {
    of(item) {
      if (byName.size === 0) return undefined;
      const row = byName.get(nameOf(boundName(item.sourceEventId), item.reason, boundName(item.item)));
      if (row === undefined) return undefined;
      return Bun.deepEquals(contentOf(boundItem(item)), [row.sample, row.held ?? null])
        ? row.state
        : undefined;
    },
  };
}

/** An answer's items, sorted by what was decided about them. */
export interface SortedItems {
  /** Nobody has decided about these: they are set aside. */
  readonly raised: readonly QuarantineItem[];
  /** Decided, and seen again. */
  readonly decided: readonly QuarantineItem[];
  /** Prices that a trader has said are right, by the source's id of their event. */
  readonly released: ReadonlyMap<string, readonly OfferedPrice[]>;
}

/** Sorts what a reader has set aside. Pure. */
export function sortItems(items: readonly QuarantineItem[], decisions: Decisions): SortedItems {
  const raised: QuarantineItem[] = [];
  const decided: QuarantineItem[] = [];
  const released = new Map<string, OfferedPrice[]>();
  for (const item of items) {
    const state = decisions.of(item);
    (state === undefined ? raised : decided).push(item);
    if (state !== "released" || item.held?.kind !== "price") continue;
    const prices = released.get(item.sourceEventId) ?? [];
    prices.push(item.held.price);
    released.set(item.sourceEventId, prices);
  }
  return { raised, decided, released };
}

/** The event with the prices that were released for it. One that the source names elsewhere too is left as that says. */
export function withReleased(event: SnapshotEvent, released: SortedItems["released"]): SnapshotEvent {
  const more = released.get(event.facts.sourceEventId);
  if (more === undefined || event.prices === undefined) return event;
  const named = new Set(event.prices.map(identityOf));
  const added = more.filter((price) => !named.has(identityOf(price)));
  return { ...event, prices: [...event.prices, ...added] };
}

/** What tells one item of a source from another. */
export function nameOf(sourceEventId: string, reason: string, item: string): string {
  return [sourceEventId, reason, item].join("\u001f");
}

/** Of a name in an index: beyond it, the beginning and a digest of the whole. */
const NAME_MAX = 240;
/** Of a sample in characters of JSON: enough for whoever looks, whatever a source sends. */
const SAMPLE_MAX = 2000;

/** An item as it is stored: names and sample bounded, no character that Postgres refuses. */
export function boundItem(item: QuarantineItem): QuarantineItem {
  return {
    ...item,
    sourceEventId: boundName(item.sourceEventId),
    item: boundName(item.item),
    sample: boundSample(item.sample),
  };
}

/** A name as it is stored. */
export function boundName(name: string): string {
  const clean = name.replaceAll("\0", "").toWellFormed();
  if (clean.length <= NAME_MAX) return clean;
  const digest = new Bun.CryptoHasher("sha256").update(clean).digest("hex").slice(0, 16);
  return `${clean.slice(0, NAME_MAX - 17).toWellFormed()}#${digest}`;
}

function boundSample(sample: QuarantineItem["sample"]): QuarantineItem["sample"] {
  const text = JSON.stringify(sample, (_key, value) => {
    if (typeof value === "bigint") return `${value}`;
    return typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value;
  });
  if (text.length <= SAMPLE_MAX) return JSON.parse(text);
  const digest = new Bun.CryptoHasher("sha256").update(text).digest("hex").slice(0, 16);
  return { cut: text.slice(0, SAMPLE_MAX).toWellFormed(), characters: text.length, digest };
}

/** What an item says, apart from its name. */
function contentOf({ sample, held }: QuarantineItem): readonly [unknown, unknown] {
  return [sample, held === undefined ? null : JSON.parse(JSON.stringify(encodeHeld(held)))];
}
