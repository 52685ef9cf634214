import { type Connection, StatementError } from "../pool/mod.ts";
import type { ExposureScope, ExposureWanted } from "./exposure.ts";

/** An event, or an outcome, has no room for the bet; the transaction is over. */
export class ExposureSpentError extends Error {
  override readonly name = "ExposureSpentError";
  readonly code = "exposure_spent";
  readonly scope: ExposureScope;
  /** Minor units of what may still be lost. */
  readonly roomMinor: bigint;

  constructor({ scope, roomMinor, cause }: { scope: ExposureScope; roomMinor: bigint; cause: unknown }) {
    super(`Cannot take the exposure as the ${scope} has no room for it: room is ${roomMinor}`, { cause });
    this.scope = scope;
    this.roomMinor = roomMinor;
  }
}

const TAKE_EXPOSURE = "select take_exposure($1, $2, $3, $4::text[], $5::text[], $6::bigint[])";

/**
 * Takes a bet's exposure, to be sent as the last statement before the commit: its rows are everybody's. Sent at once, or not at all.
 *
 * @throws {ExposureSpentError}
 */
export function takeExposure(
  connection: Connection,
  taken: {
    readonly tenantId: string;
    readonly currency: string;
    readonly amountMinor: bigint;
    readonly wanted: readonly ExposureWanted[];
  },
): Promise<unknown> {
  const { tenantId, currency, amountMinor, wanted } = taken;
  const sent = connection.query(TAKE_EXPOSURE, [
    tenantId,
    currency,
    amountMinor,
    wanted.map(({ scope }) => scope),
    wanted.map(({ subject }) => subject),
    wanted.map(({ limitMinor }) => limitMinor),
  ]);
  return sent.catch((error: unknown) => {
    throw spentOf(error) ?? error;
  });
}

/** What the function of the database says with LH001: the scope as its constraint, the room as its detail. */
function spentOf(error: unknown): ExposureSpentError | undefined {
  if (!(error instanceof StatementError) || error.sqlState !== "LH001") return undefined;
  const { cause, constraint } = error;
  const detail = cause instanceof Error && "detail" in cause ? String(cause.detail) : "";
  if (!/^\d{1,19}$/.test(detail)) return undefined;
  const scope = constraint === "event" ? "event" : "outcome";
  return new ExposureSpentError({ scope, roomMinor: BigInt(detail), cause: error });
}

// What several bets give back to one subject is summed, and taken off its rows from the first on: which row a bet was taken from is not
// kept, only that all of them together hold what undecided bets have taken. In the order in which placements lock.
const RELEASE_EXPOSURE = `
  with freed as (
    select bets.currency, subjects.scope, subjects.subject, sum(bets.exposure_minor) as amount
    from bets
    join bet_legs using (tenant_id, bet_id)
    cross join lateral (
      values
        ('event', bet_legs.event_id::text),
        ('outcome', exposure_outcome(
          bet_legs.event_id, bet_legs.market_type, bet_legs.period, bet_legs.label, bet_legs.line_quarters,
          bet_legs.outcome))
    ) as subjects (scope, subject)
    where bets.tenant_id = $1
      and bets.bet_id = any ($2::uuid[])
      and bets.exposure_minor > 0
    group by bets.currency, subjects.scope, subjects.subject
  ), locked as (
    select slots.currency, slots.scope, slots.subject, slots.slot, slots.used_minor, freed.amount
    from exposure_slots as slots
    join freed on freed.currency = slots.currency and freed.scope = slots.scope and freed.subject = slots.subject
    where slots.tenant_id = $1
    order by slots.currency collate "C", slots.scope collate "C", slots.subject, slots.slot
    for update of slots
  ), shared as (
    select
      currency, scope, subject, slot,
      least(used_minor, greatest(0, amount - (
        sum(used_minor) over (partition by currency, scope, subject order by slot) - used_minor))) as given
    from locked
  )
  update exposure_slots
  set used_minor = exposure_slots.used_minor - shared.given
  from shared
  where exposure_slots.tenant_id = $1
    and exposure_slots.currency = shared.currency
    and exposure_slots.scope = shared.scope
    and exposure_slots.subject = shared.subject
    and exposure_slots.slot = shared.slot
    and shared.given > 0`;

const MOVE_EXPOSURE = "select move_exposure($1, $2::uuid[], $3::uuid[])";

/**
 * Gives back what bets have taken that are decided, and takes it again for those that are open after all, refusing nothing. To be sent as
 * the last statement before the commit, as its rows are everybody's; once a bet and change, under its lock.
 */
export function moveExposure(
  connection: Connection,
  {
    tenantId,
    freed,
    taken,
  }: { readonly tenantId: string; readonly freed: readonly string[]; readonly taken: readonly string[] },
): Promise<unknown> {
  return connection.query(MOVE_EXPOSURE, [tenantId, freed, taken]);
}

/** Gives back what these bets have taken, whether they were paid or voided. To be done once a bet, under its lock. */
export async function releaseExposure(
  connection: Connection,
  { tenantId, betIds }: { readonly tenantId: string; readonly betIds: readonly string[] },
): Promise<void> {
  await connection.execute(RELEASE_EXPOSURE, [tenantId, betIds]);
}
