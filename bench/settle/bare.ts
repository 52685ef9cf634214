import type { Session } from "../../src/pool/mod.ts";

/** The same writes by SQL alone: nothing is claimed, graded, looked up or checked that a statement does not need to write. */
export interface Bare {
  /** Writes whole batches, a transaction each, until so many bets are dealt with; fewer at the end. */
  settle(bets: number): Promise<{ readonly bets: number; readonly tookMs: number }>;
}

interface BatchRow {
  readonly tenantId: string;
  readonly batch: number;
  readonly bets: number;
}

/**
 * Works out beforehand what is to be written for each bet on an event that the home side has won, in batches of a tenant as settlement's
 * are. Only the writing is timed.
 *
 * @param owner Of the bets' database; `writer` another connection to it, in whose transactions the rows are written under the role of
 * settlement, so that every trigger, constraint and policy is at work.
 */
export async function prepareBare(
  { owner, writer }: { readonly owner: Session; readonly writer: Session },
  { eventId, batchMax }: { readonly eventId: string; readonly batchMax: number },
): Promise<Bare> {
  await owner.execute(`
    create table bare_work as
    select
      bets.tenant_id, bets.bet_id, bet_legs.leg_number, bets.stake_minor, bets.settlement_version + 1 as settlement_version,
      won::integer as result,
      case when won then 'won' else 'lost' end as reason,
      case when won then 2 * bets.stake_minor else 0 end as return_minor,
      not won or bets.leg_count = 1 as decided,
      -- The other leg of a double is still to be played.
      case when bets.leg_count > 1 then array[1, null]::integer[] end as leg_versions,
      clock.at,
      (lpad(to_hex(clock.millis), 12, '0') || '7' || right(replace(gen_random_uuid()::text, '-', ''), 19))::uuid as transfer_id,
      cash.account_id as cash, held.account_id as held, book.account_id as book,
      ((row_number() over (partition by bets.tenant_id order by bets.bet_id) - 1) / ${batchMax})::integer as batch
    from bet_legs
    join bets using (tenant_id, bet_id)
    join accounts as cash on cash.tenant_id = bets.tenant_id and cash.player_id = bets.player_id and cash.kind = 'player_cash'
    join accounts as held on held.tenant_id = bets.tenant_id and held.player_id = bets.player_id and held.kind = 'stakes_held'
    join accounts as book on book.tenant_id = bets.tenant_id and book.kind = 'house_book'
    cross join lateral (select bet_legs.outcome = 'home' as won) as graded
    cross join (
      select date_trunc('milliseconds', now()) as at, floor(extract(epoch from now()) * 1000)::bigint as millis
    ) as clock
    where bet_legs.event_id = '${eventId}' and bet_legs.result_version is null and bets.state = 'open'
    order by bets.tenant_id, bets.bet_id;
    create index on bare_work (tenant_id, batch);
    grant select on bare_work to linehold_settlement;
    analyze bare_work`);
  // In the order in which settlement takes them: a batch of each tenant in turn.
  const batches = await owner.query<BatchRow>(`
    select tenant_id as "tenantId", batch, count(*)::integer as bets
    from bare_work
    group by tenant_id, batch
    order by batch, tenant_id`);
  let next = 0;
  return {
    async settle(wanted) {
      const startedAt = performance.now();
      let bets = 0;
      for (; bets < wanted; next += 1) {
        const batch = batches[next];
        if (batch === undefined) break;
        await writer.execute(writesOf(batch, eventId));
        bets += batch.bets;
      }
      return { bets, tookMs: performance.now() - startedAt };
    },
  };
}

/** One transaction, in one message. */
function writesOf({ tenantId, batch }: BatchRow, eventId: string): string {
  const work = `bare_work where tenant_id = '${tenantId}' and batch = ${batch}`;
  const decided = `${work} and decided`;
  return `
    begin;
    set local role linehold_settlement;
    set local app.tenant = '${tenantId}';
    insert into leg_grades (
      tenant_id, bet_id, leg_number, result_version, result, void_halves, dead_heat_numerator, dead_heat_denominator,
      deduction_numerator, deduction_denominator, reason, graded_at
    )
    select tenant_id, bet_id, leg_number, 1, result, 0, 1, 1, 0, 1, reason, at
    from ${work};
    update bet_legs
    set result_version = 1
    from (select bet_id, leg_number from ${work}) as graded
    where bet_legs.tenant_id = '${tenantId}'
      and bet_legs.bet_id = graded.bet_id
      and bet_legs.leg_number = graded.leg_number;
    insert into settlements (
      tenant_id, bet_id, settlement_version, event_id, result_version, result, void_halves, dead_heat_numerator,
      dead_heat_denominator, deduction_numerator, deduction_denominator, reason, return_numerator, return_denominator,
      return_minor, leg_versions, settled_at
    )
    select
      tenant_id, bet_id, settlement_version, '${eventId}', 1, result, 0, 1, 1, 0, 1, reason, return_minor, 1, return_minor,
      leg_versions, at
    from ${decided};
    insert into transfers (
      tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, bet_id, settlement_version, occurred_at
    )
    select
      tenant_id, transfer_id, 'settlement/' || bet_id || '/' || settlement_version, 'settlement', 'EUR',
      case when return_minor = 0 then 2 else 3 end, bet_id, settlement_version, at
    from ${decided};
    insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
    select tenant_id, transfer_id, entry.account_id, 'EUR', entry.amount
    from (select * from ${decided}) as work
    cross join lateral (values
      (held, -stake_minor), (cash, return_minor), (book, stake_minor - return_minor)) as entry (account_id, amount)
    where entry.amount <> 0;
    update bets
    set state = 'settled', settlement_version = bets.settlement_version + 1
    from (select bet_id from ${decided}) as settled
    where bets.tenant_id = '${tenantId}' and bets.bet_id = settled.bet_id;
    update exposure_slots as slots
    set used_minor = slots.used_minor - given.amount
    from (
      select scope, subject, slot,
        least(used_minor, greatest(0, freed.amount - (sum(used_minor) over (partition by scope, subject order by slot) - used_minor)))
          as amount
      from exposure_slots
      join (
        select subjects.scope, subjects.subject, sum(bets.exposure_minor) as amount
        from (select bet_id from ${decided}) as work
        join bets on bets.tenant_id = '${tenantId}' and bets.bet_id = work.bet_id
        join bet_legs on bet_legs.tenant_id = '${tenantId}' and bet_legs.bet_id = work.bet_id
        cross join lateral (
          values
            ('event', bet_legs.event_id::text),
            ('outcome', exposure_outcome(
              bet_legs.event_id, bet_legs.market_type, bet_legs.period, bet_legs.label, bet_legs.line_quarters,
              bet_legs.outcome))
        ) as subjects (scope, subject)
        group by subjects.scope, subjects.subject
      ) as freed using (scope, subject)
      where tenant_id = '${tenantId}'
    ) as given
    where slots.tenant_id = '${tenantId}'
      and slots.scope = given.scope
      and slots.subject = given.subject
      and slots.slot = given.slot
      and given.amount > 0;
    commit`;
}
