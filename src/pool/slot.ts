import type { Client } from "pg";
import type { BreakerCall, Clock } from "../resilience/mod.ts";

/** One of the pool's `max` places, from the moment a connection is begun until its socket is known to be gone. */
export interface Slot {
  readonly client: Client;
  retireAt: number;
  idleSince: number;
  state: "connecting" | "idle" | "leased" | "abandoned" | "gone";
  /** Since when it is out, and from where it was taken: for the report of a lease that is held too long. */
  leasedAt: number;
  borrower: Error | undefined;
  /** Held by whoever uses the connection, and by nobody else until the server is known to be done with it. */
  permit: Disposable | undefined;
}

export function newSlot(client: Client, { bornAt, retireAt }: { bornAt: number; retireAt: number }): Slot {
  return {
    client,
    retireAt,
    idleSince: bornAt,
    state: "connecting",
    leasedAt: 0,
    borrower: undefined,
    permit: undefined,
  };
}

/** How long an idle connection may take to say that it lives: a deadline of its own, far below any caller's. */
const LIVENESS_MS = 250;

/** Asks an idle connection for nothing. A vanished peer costs one such wait, not one timeout for each of its connections. */
export async function answersInTime(
  slot: Slot,
  { clock, beginCall }: { clock: Clock; beginCall: () => BreakerCall },
): Promise<boolean> {
  const call = beginCall();
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = clock.after(LIVENESS_MS, () => resolve(false));
  const answered = slot.client.query("").then(
    () => true,
    () => false,
  );
  const alive = await Promise.race([answered, late]);
  timer[Symbol.dispose]();
  if (alive) call.succeed();
  else call.fail("database_unreachable");
  return alive;
}
