import type { TestDatabase } from "../harness/mod.ts";

/** One broken promise about money, in words. */
export interface Fault {
  readonly fault: string;
  readonly subject: string;
}

// Each statement yields the rows that break one promise. Written against the tables, not with the code under test.
const PROMISES: Readonly<Record<string, string>> = {
  "the ledger sums to zero": `
    select tenant_id || ' ' || currency as subject
    from entries
    group by tenant_id, currency
    having sum(amount_minor) <> 0`,
  "every transfer sums to zero": `
    select transfer_id::text as subject
    from entries
    group by transfer_id
    having sum(amount_minor) <> 0`,
  "no player's cash is below zero but by what a reversal took": `
    select accounts.account_id::text as subject
    from accounts
    join entries using (tenant_id, account_id)
    join transfers using (tenant_id, transfer_id)
    where accounts.kind = 'player_cash'
    group by accounts.account_id
    having sum(amount_minor) < 0 and sum(amount_minor) filter (where transfers.kind <> 'reversal') < 0`,
  "a settled bet is paid once, what did not hold taken back": `
    select bets.bet_id::text as subject
    from bets
    left join transfers on transfers.tenant_id = bets.tenant_id and transfers.bet_id = bets.bet_id
    group by bets.bet_id, bets.state
    having count(*) filter (where transfers.kind = 'settlement') - count(*) filter (where transfers.kind = 'reversal')
      <> case when bets.state = 'settled' then 1 else 0 end`,
  "a reversal negates, entry by entry, what the settlement that it names has paid": `
    select bet_id::text as subject
    from settlement_reversals as reversals
    cross join lateral (
      select account_id, sum(amount_minor) as amount, count(*) as entries
      from transfers
      join entries using (tenant_id, transfer_id)
      where transfers.tenant_id = reversals.tenant_id
        and transfers.bet_id = reversals.bet_id
        and transfers.settlement_version in (reversals.settlement_version, reversals.reverses_version)
      group by account_id
    ) as moved
    where moved.amount <> 0 or moved.entries <> 2`,
  "each reversal has its transfer and each such transfer its reversal": `
    select coalesce(reversals.bet_id, transfers.bet_id)::text as subject
    from settlement_reversals as reversals
    full join (select * from transfers where kind = 'reversal') as transfers
      using (tenant_id, bet_id, settlement_version)
    where reversals.reversed_at is null or transfers.transfer_id is null`,
  "a void bet, and no other, has given its stake back": `
    select bets.bet_id::text as subject
    from bets
    left join transfers on transfers.tenant_id = bets.tenant_id and transfers.bet_id = bets.bet_id
      and transfers.kind = 'void'
    group by bets.bet_id, bets.state
    having count(transfers.transfer_id) <> case when bets.state = 'void' then 1 else 0 end`,
  "what is held of an event or an outcome is what undecided bets have taken": `
    with taken as (
      select bets.tenant_id, bets.currency, subjects.scope, subjects.subject, sum(bets.exposure_minor) as amount
      from bets
      join bet_legs using (tenant_id, bet_id)
      cross join lateral (
        values
          ('event', event_id::text),
          ('outcome', exposure_outcome(event_id, market_type, period, label, line_quarters, outcome))
      ) as subjects (scope, subject)
      where bets.state in ('open', 'quarantined')
      group by bets.tenant_id, bets.currency, subjects.scope, subjects.subject
    ), held as (
      select tenant_id, currency, scope, subject, sum(used_minor) as amount
      from exposure_slots
      group by tenant_id, currency, scope, subject
    )
    select subject
    from taken
    full join held using (tenant_id, currency, scope, subject)
    where coalesce(taken.amount, 0) <> coalesce(held.amount, 0)`,
  "no more of an event or an outcome is held than its limit": `
    select subject
    from exposure_slots
    group by tenant_id, currency, scope, subject
    -- Without a limit stands what corrected bets have taken again, whatever was left of it.
    having sum(used_minor) > max(limit_minor) and max(limit_minor) > 0`,
  "a settled bet has the settlement of its version": `
    select bets.bet_id::text as subject
    from bets
    left join settlements using (tenant_id, bet_id, settlement_version)
    where bets.state = 'settled' and settlements.bet_id is null`,
  "what a bet moved on the player's cash is its return less its stake": `
    select bets.bet_id::text as subject
    from bets
    left join settlements using (tenant_id, bet_id, settlement_version)
    -- A debt that was written off is the house's affair and no return of the bet.
    left join transfers on transfers.tenant_id = bets.tenant_id and transfers.bet_id = bets.bet_id
      and transfers.kind <> 'write_off'
    left join entries on entries.tenant_id = transfers.tenant_id and entries.transfer_id = transfers.transfer_id
    left join accounts on accounts.tenant_id = entries.tenant_id and accounts.account_id = entries.account_id
    group by bets.bet_id, bets.state, bets.stake_minor, settlements.return_minor
    having coalesce(sum(entries.amount_minor) filter (where accounts.kind = 'player_cash'), 0)
      <> case when bets.state = 'void' then bets.stake_minor else coalesce(settlements.return_minor, 0) end
        - bets.stake_minor`,
  "a bet holds its stake while it is open, and nothing after": `
    select bets.bet_id::text as subject
    from bets
    left join transfers on transfers.tenant_id = bets.tenant_id and transfers.bet_id = bets.bet_id
    left join entries on entries.tenant_id = transfers.tenant_id and entries.transfer_id = transfers.transfer_id
    left join accounts on accounts.tenant_id = entries.tenant_id and accounts.account_id = entries.account_id
    group by bets.bet_id, bets.state, bets.stake_minor
    having coalesce(sum(entries.amount_minor) filter (where accounts.kind = 'stakes_held'), 0)
      <> case when bets.state in ('settled', 'void') then 0 else bets.stake_minor end`,
  "each debt that was written off has its audit row, and each such row its transfer": `
    select coalesce(transfers.idempotency_key, acts.key) as subject
    from (select * from transfers where kind = 'write_off') as transfers
    full join (
      select tenant_id, concat_ws('/', 'write_off', facts ->> 'betId', facts ->> 'settlementVersion') as key
      from audit_acts
      where action = 'debt.written_off'
    ) as acts on acts.tenant_id = transfers.tenant_id and acts.key = transfers.idempotency_key
    where transfers.transfer_id is null or acts.key is null`,
  "each freeze has its audit row, and each such row its freeze": `
    select coalesce(player_freezes.bet_id::text, acts.facts ->> 'betId') as subject
    from player_freezes
    full join (select * from audit_acts where action = 'player.frozen') as acts
      on acts.tenant_id = player_freezes.tenant_id
      and acts.facts ->> 'betId' = player_freezes.bet_id::text
      and acts.facts ->> 'settlementVersion' = player_freezes.settlement_version::text
    where player_freezes.freeze_id is null or acts.act_id is null`,
  "no player is left below zero whose tenant writes debts off, nor goes unfrozen whose tenant freezes": `
    select accounts.account_id::text as subject
    from accounts
    join tenant_settlement using (tenant_id)
    join entries using (tenant_id, account_id)
    left join player_freezes on player_freezes.tenant_id = accounts.tenant_id
      and player_freezes.player_id = accounts.player_id
      and player_freezes.lifted_at is null
    where accounts.kind = 'player_cash'
    group by accounts.account_id, negative_balance
    having sum(amount_minor) < 0
      and (negative_balance = 'write_off' or negative_balance = 'freeze' and count(player_freezes.freeze_id) = 0)`,
};

/** Every broken promise, at most ten of a kind. */
export async function audit(database: TestDatabase): Promise<Fault[]> {
  const found: Fault[] = [];
  for (const [promise, rows] of Object.entries(PROMISES)) {
    const broken = await database.owner<{ readonly subject: string }>(`${rows} limit 10`);
    found.push(...broken.map(({ subject }) => ({ fault: `not true that ${promise}`, subject })));
  }
  return found;
}
