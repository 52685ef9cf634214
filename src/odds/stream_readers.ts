import type { Clock } from "../resilience/mod.ts";
import { StreamRefusedError } from "./errors.ts";
import type { StreamClient } from "./stream_client.ts";
import type { DropReason } from "./stream_contract.ts";
import { droppedMessage, HEARTBEAT } from "./stream_messages.ts";
import type { Sight } from "./stream_position.ts";
import type { Topic } from "./stream_topic.ts";

/** One stream: who reads it, and what of. */
export interface Reader {
  readonly tenantId: string;
  /** Whose it is, as far as limits go. */
  readonly address: string;
  readonly client: StreamClient;
  readonly topics: Map<string, Topic>;
  readonly competitionId: string | undefined;
  sight: Sight;
}

/** All streams of a process, within its limits. */
export interface Readers {
  /** @throws {StreamRefusedError} If this address, or the process, has as many as it may. */
  admit(address: string): void;
  /** @returns Whether that is within the limits. */
  join(reader: Reader): boolean;
  /** Its connection is gone. */
  leave(reader: Reader): void;
  /** Ends it from our side. */
  drop(reader: Reader, reason: DropReason): void;
  dropAll(reason: DropReason): void;
  /** Admits nobody any more. */
  close(): void;
  /** Turns the wheel by one: its readers are sent a heartbeat. */
  turn(): void;
  /** Drops those who have taken nothing for too long. */
  dropStalled(): void;
  all(): Iterable<Reader>;
  ofTenants(): Iterable<readonly [tenantId: string, readers: ReadonlySet<Reader>]>;
  readonly size: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
  readonly refused: Readonly<Record<StreamRefusedError["code"], number>>;
}

export interface ReadersOptions {
  readonly readersMax: number;
  readonly perAddressMax: number;
  readonly stallMs: number;
  /** In how many turns the wheel goes round: readers are spread over it, and none has a timer of its own. */
  readonly slots: number;
}

/** No reader yet. */
export function createReaders(
  { perAddressMax, readersMax, slots, stallMs }: ReadersOptions,
  { clock }: { readonly clock: Pick<Clock, "now"> },
): Readers {
  const wheel = Array.from({ length: Math.max(1, slots) }, () => new Set<Reader>());
  const slotOf = new Map<Reader, Set<Reader>>();
  const addresses = new Map<string, number>();
  const tenants = new Map<string, Set<Reader>>();
  const dropped = { slow_reader: 0, stopping: 0, tenant_gone: 0, too_many: 0 };
  const refused = { streams_exhausted: 0, too_many_streams: 0 };
  let turns = 0;
  let closed = false;

  const leave = (reader: Reader): void => {
    const slot = slotOf.get(reader);
    if (slot === undefined) return;
    slotOf.delete(reader);
    slot.delete(reader);
    for (const topic of reader.topics.values()) unfollow(topic, reader, clock.now());
    const left = (addresses.get(reader.address) ?? 1) - 1;
    if (left > 0) addresses.set(reader.address, left);
    else addresses.delete(reader.address);
    const kin = tenants.get(reader.tenantId);
    kin?.delete(reader);
    if (kin?.size === 0) tenants.delete(reader.tenantId);
  };
  const drop = (reader: Reader, reason: DropReason): void => {
    if (!slotOf.has(reader)) return;
    dropped[reason] += 1;
    leave(reader);
    reader.client.leave(droppedMessage(reason));
  };
  return {
    admit(address) {
      const isFull = closed || slotOf.size >= readersMax;
      if (!isFull && (addresses.get(address) ?? 0) < perAddressMax) return;
      const code = isFull ? "streams_exhausted" : "too_many_streams";
      refused[code] += 1;
      throw new StreamRefusedError(code);
    },
    join(reader) {
      const slot = wheel[slotOf.size % wheel.length] ?? new Set();
      slot.add(reader);
      slotOf.set(reader, slot);
      const ofAddress = (addresses.get(reader.address) ?? 0) + 1;
      addresses.set(reader.address, ofAddress);
      const kin = tenants.get(reader.tenantId) ?? new Set();
      tenants.set(reader.tenantId, kin.add(reader));
      return slotOf.size <= readersMax && ofAddress <= perAddressMax;
    },
    leave,
    drop,
    dropAll(reason) {
      for (const reader of [...slotOf.keys()]) drop(reader, reason);
    },
    close() {
      closed = true;
    },
    turn() {
      const slot = wheel[turns % wheel.length] ?? [];
      turns += 1;
      for (const reader of slot) reader.client.beat(HEARTBEAT);
    },
    dropStalled() {
      const now = clock.now();
      for (const reader of [...slotOf.keys()]) {
        const { blockedSince } = reader.client;
        if (blockedSince !== undefined && now - blockedSince > stallMs) drop(reader, "slow_reader");
      }
    },
    all: () => slotOf.keys(),
    ofTenants: () => tenants,
    get size() {
      return slotOf.size;
    },
    dropped,
    refused,
  };
}

/** The reader no longer follows the topic. */
export function unfollow(topic: Topic, { client }: Pick<Reader, "client">, now: number): void {
  topic.readers.delete(client);
  if (topic.readers.size === 0) topic.idleSince = now;
}
