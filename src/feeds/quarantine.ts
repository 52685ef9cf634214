import type { Connection } from "../pool/mod.ts";
import { QuarantineItemNotFoundError, QuarantineNotReleasableError } from "./errors.ts";
import { decodeHeld } from "./held_back.ts";
import {
  askAnew,
  type QuarantineRow,
  recordDecision,
  recordEventChange,
  selectQuarantined,
  setEventProgress,
  setEventStart,
  setVersionBack,
} from "./quarantine_desk_queries.ts";
import { lockFeed } from "./queries.ts";
import { recordEventFacts } from "./record_event_facts.ts";
import { recordResult } from "./record_result.ts";
import type { HeldBack } from "./snapshot.ts";

export interface Decision {
  readonly quarantineId: string;
  /** Who decides: 1 to 120 characters. */
  readonly actor: string;
  /** Business time. */
  readonly at: Date;
}

export interface Decided {
  readonly item: QuarantineRow;
  /** False when it was in that state already: by whom and when is told. */
  readonly changed: boolean;
}

/**
 * Says that the source is right about this item, in one transaction with what follows from it:
 *
 * - a price is offered from the source's next answer on, as long as the source says this very price; another one is judged anew. The
 *   source is asked at once and for all it has, so that this does not wait for news;
 * - a kick-off or a step back of the event is taken at once, its prices come with the next answer;
 * - a result, or another fact, becomes a corrected version of what is recorded, at once;
 * - a source that counts its versions from lower again is taken from that version on.
 *
 * @throws {RangeError} If the actor has no name.
 * @throws {QuarantineItemNotFoundError}
 * @throws {QuarantineNotReleasableError} If nothing of it can ever be offered: a price at or below 1, a line that is no quarter.
 */
export async function releaseQuarantined(connection: Connection, decision: Decision): Promise<Decided> {
  const item = await holdItem(connection, decision);
  if (item.state === "released") return { item, changed: false };
  const held = decodeHeld(item.held);
  if (held === undefined) throw new QuarantineNotReleasableError(item);
  await recordDecision(connection, { ...decision, state: "released" });
  await applyRelease(connection, held, { ...decision, item });
  await askAnew(connection, held.kind === "version" ? held.feed : item.source);
  return { item: await readItem(connection, decision.quarantineId), changed: true };
}

/**
 * Says that the source is wrong about this item: it stays out and is not raised again, until the source says something else under
 * the same name. A kick-off that was moved leaves the event on offer under its stored start.
 *
 * @throws {RangeError} If the actor has no name.
 * @throws {QuarantineItemNotFoundError}
 */
export async function discardQuarantined(connection: Connection, decision: Decision): Promise<Decided> {
  const item = await holdItem(connection, decision);
  if (item.state === "discarded") return { item, changed: false };
  await recordDecision(connection, { ...decision, state: "discarded" });
  await askAnew(connection, item.source);
  return { item: await readItem(connection, decision.quarantineId), changed: true };
}

/** The item, with its source's writers kept out: what they have read before the decision they would write over it. */
async function holdItem(connection: Connection, { quarantineId, actor }: Decision): Promise<QuarantineRow> {
  if (actor.trim() === "" || actor.length > 120)
    throw new RangeError("Cannot decide as the actor is not 1 to 120 characters");
  const { source } = await readItem(connection, quarantineId);
  await lockFeed(connection, source);
  return await readItem(connection, quarantineId);
}

async function readItem(connection: Connection, quarantineId: string): Promise<QuarantineRow> {
  const item = await selectQuarantined(connection, quarantineId);
  if (item === undefined) throw new QuarantineItemNotFoundError(quarantineId);
  return item;
}

async function applyRelease(
  connection: Connection,
  held: HeldBack,
  { item, actor, at }: Decision & { readonly item: QuarantineRow },
): Promise<void> {
  const event = { source: item.source, sourceEventId: item.sourceEventId, at };
  switch (held.kind) {
    case "price":
      return;
    case "start":
      return await tell(connection, await setEventStart(connection, { ...event, startsAt: held.startsAt }));
    case "progress":
      return await tell(connection, await setEventProgress(connection, { ...event, ...held }));
    case "version":
      return await setVersionBack(connection, held);
    case "result": {
      if (item.eventId === null) return;
      const { facts, source } = held;
      await recordResult(connection, { eventId: item.eventId, facts, source, at, correction: true });
      return await tell(connection, item.eventId);
    }
    case "claims": {
      if (item.eventId === null) return;
      const { claims, result, source } = held;
      await recordEventFacts(connection, {
        ...{ eventId: item.eventId, result, source, actor, certainty: "confirmed", at, correction: true },
        claims: claims.map((claim) => ({ ...claim, trueAt: at })),
      });
      return await tell(connection, item.eventId);
    }
  }
}

async function tell(connection: Connection, eventId: string | undefined): Promise<void> {
  if (eventId !== undefined) await recordEventChange(connection, eventId);
}
