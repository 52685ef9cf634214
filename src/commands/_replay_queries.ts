import type { Connection } from "../pool/mod.ts";

const OTHERS_WAIT = `
  select exists (select from event_tenants where result_version = 0)
    or exists (select from settlement_jobs) as waiting`;

/** Whether anybody's bets wait for a result or for their payment. As `linehold_settlement`. */
export async function selectOthersWait(connection: Connection): Promise<boolean> {
  const [row] = await connection.query<{ readonly waiting: boolean }>(OTHERS_WAIT);
  return row?.waiting ?? false;
}

const SELECT_EVENT_IDS = `
  select source_event_id as "sourceEventId", event_id as "eventId"
  from events
  where source = $1 and source_event_id = any ($2::text[])`;

/** The ids of stored events by those of their source. */
export async function selectEventIds(
  connection: Connection,
  { source, sourceEventIds }: { readonly source: string; readonly sourceEventIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const rows = await connection.query<{ readonly sourceEventId: string; readonly eventId: string }>(
    SELECT_EVENT_IDS,
    [source, sourceEventIds],
  );
  return new Map(rows.map(({ sourceEventId, eventId }) => [sourceEventId, eventId]));
}

/** One player's bets, by how they ended. */
export interface Ended {
  readonly playerId: string;
  /** `null` while the bet is not settled. */
  readonly result: number | null;
  /** Halves of the stake that were void: 0, 1 or 2. */
  readonly voidHalves: number | null;
  readonly bets: bigint;
  readonly stakedMinor: bigint;
  readonly returnedMinor: bigint;
}

const SELECT_ENDED = `
  select
    bets.player_id as "playerId",
    settlements.result,
    settlements.void_halves as "voidHalves",
    count(*) as bets,
    sum(bets.stake_minor)::bigint as "stakedMinor",
    coalesce(sum(settlements.return_minor), 0)::bigint as "returnedMinor"
  from bets
  left join settlements
    on settlements.tenant_id = bets.tenant_id
    and settlements.bet_id = bets.bet_id
    and settlements.settlement_version = bets.settlement_version
    and bets.state = 'settled'
  where bets.tenant_id = $1
  group by bets.player_id, settlements.result, settlements.void_halves`;

/** How the tenant's bets have ended, by the settlements that stand. */
export function selectEnded(connection: Connection, tenantId: string): Promise<Ended[]> {
  return connection.query<Ended>(SELECT_ENDED, [tenantId]);
}

const SUM_LEDGER = `
  select coalesce(sum(amount_minor), 0)::bigint as "sumMinor"
  from entries
  where tenant_id = $1`;

/** What all entries of the tenant add up to, in minor units: 0 unless money was made or lost. */
export async function sumLedger(connection: Connection, tenantId: string): Promise<bigint> {
  const [row] = await connection.query<{ readonly sumMinor: bigint }>(SUM_LEDGER, [tenantId]);
  return row?.sumMinor ?? 0n;
}
