import type { Connection } from "../pool/mod.ts";
import type { BettingLimit, TenantLimits } from "./limits.ts";

type LimitRow = {
  readonly [Field in keyof BettingLimit]: BettingLimit[Field] extends number | null
    ? bigint | number | null
    : BettingLimit[Field];
};

interface TenantLimitsRow extends LimitRow {
  readonly version: bigint | null;
  readonly bettingOpen: boolean | null;
  /** `null` where a tenant has no limit: one row is answered all the same. */
  readonly limitNumber: number | null;
}

const COLUMNS = `
  tenant_betting.version,
  tenant_betting.betting_open as "bettingOpen",
  betting_limits.limit_number as "limitNumber",
  betting_limits.currency,
  betting_limits.scope,
  betting_limits.player_id as "playerId",
  betting_limits.event_id as "eventId",
  betting_limits.market_type as "marketType",
  betting_limits.period,
  betting_limits.label,
  betting_limits.line_quarters as "lineQuarters",
  betting_limits.outcome,
  betting_limits.stake_min_minor as "stakeMinMinor",
  betting_limits.stake_max_minor as "stakeMaxMinor",
  betting_limits.payout_max_minor as "payoutMaxMinor",
  betting_limits.event_exposure_max_minor as "eventExposureMaxMinor",
  betting_limits.outcome_exposure_max_minor as "outcomeExposureMaxMinor"`;

const SELECT_LIMITS = `
  select ${COLUMNS}
  from tenant_betting
  left join betting_limits on betting_limits.tenant_id = tenant_betting.tenant_id
    and betting_limits.version = tenant_betting.version
    and (betting_limits.player_id is null or betting_limits.player_id = $2)
    and (betting_limits.event_id is null or betting_limits.event_id = any ($3::uuid[]))
  where tenant_betting.tenant_id = $1`;

/** What could bound a bet of this player on these events. */
export async function selectLimits(
  connection: Connection,
  {
    tenantId,
    playerId,
    eventIds,
  }: { readonly tenantId: string; readonly playerId: string; readonly eventIds: readonly string[] },
): Promise<TenantLimits> {
  return limitsOf(await connection.query<TenantLimitsRow>(SELECT_LIMITS, [tenantId, playerId, eventIds]));
}

const SELECT_ALL_LIMITS = `
  select ${COLUMNS}
  from tenant_betting
  left join betting_limits on betting_limits.tenant_id = tenant_betting.tenant_id
    and betting_limits.version = tenant_betting.version
  where tenant_betting.tenant_id = $1
  order by betting_limits.limit_number`;

/** All limits of a tenant, in their order. */
export async function selectAllLimits(connection: Connection, tenantId: string): Promise<TenantLimits> {
  return limitsOf(await connection.query<TenantLimitsRow>(SELECT_ALL_LIMITS, [tenantId]));
}

function limitsOf(rows: readonly TenantLimitsRow[]): TenantLimits {
  const [first] = rows;
  if (first === undefined) return { version: 0, bettingOpen: true, limits: [] };
  return {
    version: Number(first.version),
    bettingOpen: first.bettingOpen === true,
    limits: rows.flatMap(({ version: _, bettingOpen: __, limitNumber, ...row }) =>
      limitNumber === null ? [] : [limitOf(row)],
    ),
  };
}

function limitOf(row: LimitRow): BettingLimit {
  const numberOf = (value: bigint | number | null) => (value === null ? null : Number(value));
  return {
    ...row,
    lineQuarters: numberOf(row.lineQuarters),
    stakeMinMinor: numberOf(row.stakeMinMinor),
    stakeMaxMinor: numberOf(row.stakeMaxMinor),
    payoutMaxMinor: numberOf(row.payoutMaxMinor),
    eventExposureMaxMinor: numberOf(row.eventExposureMaxMinor),
    outcomeExposureMaxMinor: numberOf(row.outcomeExposureMaxMinor),
  };
}

const LOCK_LIMITS = "select limits_lock($1)";

/** Waits for placements that began before. */
export async function lockLimits(connection: Connection, tenantId: string): Promise<void> {
  await connection.query(LOCK_LIMITS, [tenantId]);
}

const SAVE_TENANT_BETTING = `
  insert into tenant_betting (tenant_id, version, betting_open, updated_at)
  select $1, 1, $3, $4
  where $2 = 0
  on conflict (tenant_id) do nothing`;

const UPDATE_TENANT_BETTING = `
  update tenant_betting
  set version = version + 1, betting_open = $3, updated_at = $4
  where tenant_id = $1 and version = $2`;

export interface LimitsWritten {
  readonly tenantId: string;
  /** 0 for none. */
  readonly expected: number;
  readonly bettingOpen: boolean;
  readonly limits: readonly BettingLimit[];
  readonly at: Date;
}

/** Saves the next version; `false`, and nothing saved, when another than the expected one is there. */
export async function replaceLimits(connection: Connection, written: LimitsWritten): Promise<boolean> {
  const { tenantId, expected, bettingOpen, at, limits } = written;
  const statement = expected === 0 ? SAVE_TENANT_BETTING : UPDATE_TENANT_BETTING;
  const changed = await connection.execute(statement, [tenantId, expected, bettingOpen, at]);
  if (changed === 0) return false;
  if (limits.length > 0) await insertLimits(connection, { tenantId, version: expected + 1, limits });
  return true;
}

const INSERT_LIMITS = `
  insert into betting_limits (
    tenant_id, version, limit_number, currency, scope, player_id, event_id, market_type, period, label, line_quarters, outcome,
    stake_min_minor, stake_max_minor, payout_max_minor, event_exposure_max_minor, outcome_exposure_max_minor
  )
  select $1, $2, limit_number, currency, scope, player_id, event_id, market_type, period, label, line_quarters, outcome,
    stake_min, stake_max, payout_max, event_exposure_max, outcome_exposure_max
  from unnest(
    $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::integer[], $11::text[],
    $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[]
  ) with ordinality as wanted (
    currency, scope, player_id, event_id, market_type, period, label, line_quarters, outcome,
    stake_min, stake_max, payout_max, event_exposure_max, outcome_exposure_max, limit_number
  )`;

async function insertLimits(
  connection: Connection,
  {
    tenantId,
    version,
    limits,
  }: { readonly tenantId: string; readonly version: number; readonly limits: readonly BettingLimit[] },
): Promise<void> {
  await connection.execute(INSERT_LIMITS, [
    tenantId,
    version,
    limits.map(({ currency }) => currency),
    limits.map(({ scope }) => scope),
    limits.map(({ playerId }) => playerId),
    limits.map(({ eventId }) => eventId),
    limits.map(({ marketType }) => marketType),
    limits.map(({ period }) => period),
    limits.map(({ label }) => label),
    limits.map(({ lineQuarters }) => lineQuarters),
    limits.map(({ outcome }) => outcome),
    limits.map(({ stakeMinMinor }) => stakeMinMinor),
    limits.map(({ stakeMaxMinor }) => stakeMaxMinor),
    limits.map(({ payoutMaxMinor }) => payoutMaxMinor),
    limits.map(({ eventExposureMaxMinor }) => eventExposureMaxMinor),
    limits.map(({ outcomeExposureMaxMinor }) => outcomeExposureMaxMinor),
  ]);
}
