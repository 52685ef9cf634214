import type { Invariant } from "./_audit_invariant.ts";

// What became of a bet is said by the transfer of its present settlement version; before the first, and after a reversal, its stake is held.
const BETS_NOW = `
  select
    bets.bet_id, bets.player_id, bets.currency, bets.stake_minor, bets.state, bets.settlement_version,
    paid.kind as paid_kind,
    settlements.return_minor,
    case
      when bets.settlement_version = 0 or paid.kind = 'reversal' then -bets.stake_minor
      when paid.kind = 'void' then 0
      else settlements.return_minor - bets.stake_minor
    end as wanted_cash,
    case
      when bets.settlement_version = 0 or paid.kind = 'reversal' then bets.stake_minor
      else 0
    end as wanted_held
  from bets
  left join transfers as paid
    on paid.tenant_id = bets.tenant_id and paid.bet_id = bets.bet_id
    and paid.settlement_version = bets.settlement_version
  left join settlements
    on settlements.tenant_id = bets.tenant_id and settlements.bet_id = bets.bet_id
    and settlements.settlement_version = bets.settlement_version
  where bets.tenant_id = $1`;

/** The promises of one tenant's bets, and of what they move. */
export const BET_INVARIANTS: readonly Invariant[] = [
  {
    name: "stake_held_once",
    promise:
      "each bet's stake went once from its player's cash to their held stakes, and no stake is of no bet",
    breaches: `
      with stakes as (
        select
          transfers.bet_id,
          transfers.transfer_id,
          accounts.player_id,
          transfers.currency,
          sum(entries.amount_minor) filter (where accounts.kind = 'player_cash') as cash,
          sum(entries.amount_minor) filter (where accounts.kind = 'stakes_held') as held
        from transfers
        left join entries on entries.tenant_id = transfers.tenant_id and entries.transfer_id = transfers.transfer_id
        left join accounts on accounts.tenant_id = entries.tenant_id and accounts.account_id = entries.account_id
        where transfers.tenant_id = $1 and transfers.kind = 'stake'
        group by transfers.bet_id, transfers.transfer_id, accounts.player_id, transfers.currency
      )
      select
        coalesce(bets.bet_id, stakes.bet_id)::text as subject,
        count(stakes.transfer_id) || ' holds of ' || coalesce(min(bets.stake_minor)::text, 'no bet') as detail
      from (select * from bets where tenant_id = $1) as bets
      full join stakes on stakes.bet_id = bets.bet_id
      group by bets.bet_id, stakes.bet_id, bets.stake_minor, bets.player_id, bets.currency
      having count(stakes.transfer_id) <> 1
        or bool_or(
          stakes.cash is distinct from -bets.stake_minor
          or stakes.held is distinct from bets.stake_minor
          or stakes.player_id is distinct from bets.player_id
          or stakes.currency is distinct from bets.currency)`,
  },
  {
    name: "version_paid_once",
    promise:
      "each settlement version of a bet was moved by one transfer, a settlement or its reversal by its row, and none is missing or of no bet",
    breaches: `
      with paid as (
        select
          transfers.bet_id,
          count(*) as count,
          count(distinct transfers.settlement_version) as versions,
          max(transfers.settlement_version) as latest,
          count(*) filter (
            where (transfers.kind = 'settlement' and settlements.bet_id is null)
              or (transfers.kind = 'reversal' and reversals.bet_id is null)
          ) as unfounded
        from transfers
        left join settlements
          on settlements.tenant_id = transfers.tenant_id and settlements.bet_id = transfers.bet_id
          and settlements.settlement_version = transfers.settlement_version
        left join settlement_reversals as reversals
          on reversals.tenant_id = transfers.tenant_id and reversals.bet_id = transfers.bet_id
          and reversals.settlement_version = transfers.settlement_version
        where transfers.tenant_id = $1 and transfers.settlement_version is not null
        group by transfers.bet_id
      )
      select
        coalesce(bets.bet_id, paid.bet_id)::text as subject,
        'version ' || coalesce(bets.settlement_version::text, 'of no bet') || ', ' || coalesce(paid.count, 0)
          || ' payments, the last of version ' || coalesce(paid.latest, 0)
          || ', ' || coalesce(paid.unfounded, 0) || ' without a settlement' as detail
      from (select * from bets where tenant_id = $1) as bets
      full join paid on paid.bet_id = bets.bet_id
      where bets.bet_id is null
        or coalesce(paid.count, 0) <> bets.settlement_version
        or coalesce(paid.versions, 0) <> bets.settlement_version
        or coalesce(paid.latest, 0) <> bets.settlement_version
        or coalesce(paid.unfounded, 0) > 0`,
  },
  {
    name: "reversal_negates_its_settlement",
    promise:
      "a reversal is of a settlement that came before it, of each at most one, and negates exactly the entries that it names",
    breaches: `
      select
        reversals.bet_id || ' version ' || reversals.settlement_version as subject,
        'reverses version ' || reversals.reverses_version || ': ' || count(moved.account_id) || ' accounts, '
          || count(*) filter (where moved.sum <> 0 or moved.count <> 2) || ' of them not level' as detail
      from settlement_reversals as reversals
      left join transfers as paid
        on paid.tenant_id = reversals.tenant_id and paid.bet_id = reversals.bet_id
        and paid.settlement_version = reversals.reverses_version and paid.kind = 'settlement'
      left join transfers as negated
        on negated.tenant_id = reversals.tenant_id and negated.bet_id = reversals.bet_id
        and negated.settlement_version = reversals.settlement_version and negated.kind = 'reversal'
      left join lateral (
        select account_id, sum(amount_minor) as sum, count(*) as count
        from entries
        where entries.tenant_id = reversals.tenant_id
          and entries.transfer_id in (paid.transfer_id, negated.transfer_id)
        group by account_id
      ) as moved on true
      where reversals.tenant_id = $1
      group by reversals.bet_id, reversals.settlement_version, reversals.reverses_version,
        paid.transfer_id, negated.transfer_id
      having paid.transfer_id is null
        or negated.transfer_id is null
        or count(*) filter (where moved.sum <> 0 or moved.count <> 2) > 0
        or (
          select count(*)
          from settlement_reversals as same
          where same.tenant_id = $1
            and same.bet_id = reversals.bet_id
            and same.reverses_version = reversals.reverses_version
        ) > 1`,
  },
  {
    name: "bet_state_of_its_version",
    promise:
      "an undecided bet was never paid or had that taken back, a settled one was paid by a settlement, and a void one by a void",
    breaches: `
      select bet_id::text as subject,
        state || ', version ' || settlement_version || ', paid by ' || coalesce(paid_kind, 'nothing') as detail
      from (${BETS_NOW}) as now
      where (state in ('open', 'quarantined') and settlement_version > 0 and paid_kind is distinct from 'reversal')
        or (state = 'settled' and paid_kind is distinct from 'settlement')
        or (state = 'void' and paid_kind is distinct from 'void')`,
  },
  {
    name: "bet_nets_to_its_return",
    promise:
      "all versions together, a bet moved its player's cash by its last return less its stake, by nothing when it is void and by its stake while it is undecided, and holds its stake until then and nothing after",
    breaches: `
      with moved as (
        select
          transfers.bet_id,
          coalesce(sum(entries.amount_minor) filter (where accounts.kind = 'player_cash'), 0) as cash,
          coalesce(sum(entries.amount_minor) filter (where accounts.kind = 'stakes_held'), 0) as held
        from transfers
        join entries on entries.tenant_id = transfers.tenant_id and entries.transfer_id = transfers.transfer_id
        join accounts on accounts.tenant_id = entries.tenant_id and accounts.account_id = entries.account_id
        where transfers.tenant_id = $1 and transfers.bet_id is not null and transfers.kind <> 'write_off'
        group by transfers.bet_id
      )
      select
        now.bet_id::text as subject,
        'cash ' || coalesce(moved.cash, 0) || ' instead of ' || coalesce(now.wanted_cash::text, 'what no settlement says')
          || ', held ' || coalesce(moved.held, 0) || ' instead of ' || now.wanted_held as detail
      from (${BETS_NOW}) as now
      left join moved on moved.bet_id = now.bet_id
      where coalesce(moved.cash, 0) is distinct from now.wanted_cash
        or coalesce(moved.held, 0) is distinct from now.wanted_held`,
  },
  {
    name: "held_is_open_stakes",
    promise: "what a player's held stakes sum to is the stakes of their undecided bets",
    breaches: `
      select
        coalesce(held.player_id, staked.player_id) || ' ' || coalesce(held.currency, staked.currency) as subject,
        'held ' || coalesce(held.sum, 0) || ', staked ' || coalesce(staked.sum, 0) as detail
      from (
        select accounts.player_id, accounts.currency, sum(entries.amount_minor) as sum
        from accounts
        join entries on entries.tenant_id = accounts.tenant_id and entries.account_id = accounts.account_id
        where accounts.tenant_id = $1 and accounts.kind = 'stakes_held'
        group by accounts.player_id, accounts.currency
      ) as held
      full join (
        select player_id, currency, sum(wanted_held) as sum
        from (${BETS_NOW}) as now
        group by player_id, currency
      ) as staked using (player_id, currency)
      where coalesce(held.sum, 0) <> coalesce(staked.sum, 0)`,
  },
  {
    name: "exposure_is_of_undecided_bets",
    promise: "what is held of an event's or an outcome's limit is what undecided bets have taken of it",
    breaches: `
      with taken as (
        select bets.currency, subjects.scope, subjects.subject, sum(bets.exposure_minor) as amount
        from bets
        join bet_legs on bet_legs.tenant_id = bets.tenant_id and bet_legs.bet_id = bets.bet_id
        cross join lateral (
          values
            ('event', bet_legs.event_id::text),
            ('outcome', exposure_outcome(
              bet_legs.event_id, bet_legs.market_type, bet_legs.period, bet_legs.label, bet_legs.line_quarters,
              bet_legs.outcome))
        ) as subjects (scope, subject)
        where bets.tenant_id = $1 and bets.state in ('open', 'quarantined') and bets.exposure_minor > 0
        group by bets.currency, subjects.scope, subjects.subject
      ), held as (
        select currency, scope, subject, sum(used_minor) as amount
        from exposure_slots
        where tenant_id = $1
        group by currency, scope, subject
      )
      select
        scope || ' ' || replace(subject, chr(31), '/') || ' ' || currency as subject,
        'held ' || coalesce(held.amount, 0) || ', taken ' || coalesce(taken.amount, 0) as detail
      from held
      full join taken using (currency, scope, subject)
      where coalesce(held.amount, 0) <> coalesce(taken.amount, 0)`,
  },
];
