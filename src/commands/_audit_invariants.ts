/** A promise about money, and the statement whose rows break it. */
export interface Invariant {
  readonly name: string;
  /** What is always true, in words. */
  readonly promise: string;
  /**
   * Rows of `subject` and `detail`, each a breach, of the tenant `$1`, written against the tables and not with the code under test. One
   * statement, so that it sees one moment: bets may go on beside it.
   */
  readonly breaches: string;
}

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
    case when bets.settlement_version = 0 or paid.kind = 'reversal' then bets.stake_minor else 0 end as wanted_held
  from bets
  left join transfers as paid
    on paid.tenant_id = bets.tenant_id and paid.bet_id = bets.bet_id
    and paid.settlement_version = bets.settlement_version
  left join settlements
    on settlements.tenant_id = bets.tenant_id and settlements.bet_id = bets.bet_id
    and settlements.settlement_version = bets.settlement_version
  where bets.tenant_id = $1`;

/** The promises of one tenant's ledger and bets, in the order in which they are looked at. */
export const INVARIANTS: readonly Invariant[] = [
  {
    name: "ledger_sums_to_zero",
    promise: "all entries of a currency sum to zero",
    breaches: `
      select currency as subject, 'sum ' || sum(amount_minor) as detail
      from entries
      where tenant_id = $1
      group by currency
      having sum(amount_minor) <> 0`,
  },
  {
    name: "transfer_balances",
    promise: "every transfer has the entries it was sealed with, and they sum to zero",
    breaches: `
      select
        coalesce(transfers.transfer_id, found.transfer_id)::text as subject,
        coalesce(found.count, 0) || ' of ' || coalesce(transfers.entry_count::text, 'no') || ' entries, sum '
          || coalesce(found.sum, 0) as detail
      from (
        select transfer_id, count(*) as count, sum(amount_minor) as sum
        from entries
        where tenant_id = $1
        group by transfer_id
      ) as found
      full join (select transfer_id, entry_count from transfers where tenant_id = $1) as transfers using (transfer_id)
      where found.count is distinct from transfers.entry_count or found.sum <> 0`,
  },
  {
    name: "entry_within_account",
    promise:
      "an entry, its transfer and its account are of one tenant and one currency, and it moves something",
    breaches: `
      select
        entries.transfer_id || ' ' || entries.account_id as subject,
        'entry ' || entries.currency || ', transfer ' || coalesce(transfers.currency, 'missing')
          || ', account ' || coalesce(accounts.currency, 'missing') || ', amount ' || entries.amount_minor as detail
      from entries
      left join transfers on transfers.tenant_id = entries.tenant_id and transfers.transfer_id = entries.transfer_id
      left join accounts on accounts.tenant_id = entries.tenant_id and accounts.account_id = entries.account_id
      where entries.tenant_id = $1
        and (entries.amount_minor = 0
          or transfers.currency is distinct from entries.currency
          or accounts.currency is distinct from entries.currency)`,
  },
  {
    name: "account_of_its_owner",
    promise:
      "a player's accounts belong to a player of the tenant, one of each kind and currency, and the tenant's own to nobody",
    breaches: `
      select
        min(accounts.account_id::text) as subject,
        accounts.kind || ' ' || accounts.currency || ': ' || count(*) || ' of player '
          || coalesce(accounts.player_id::text, 'none') as detail
      from accounts
      left join players on players.tenant_id = accounts.tenant_id and players.player_id = accounts.player_id
      where accounts.tenant_id = $1
      group by accounts.kind, accounts.currency, accounts.player_id, players.player_id
      having count(*) > 1
        or (accounts.kind in ('player_cash', 'stakes_held', 'bonus')) <> (players.player_id is not null)`,
  },
  {
    name: "transfer_id_of_its_time",
    promise: "a transfer's id begins with its business time, by which past balances and pages are read",
    breaches: `
      select transfer_id::text as subject, occurred_at::text as detail
      from transfers
      where tenant_id = $1
        and uuid_millis(transfer_id) <> floor(extract(epoch from occurred_at) * 1000)`,
  },
  {
    name: "wallet_not_negative",
    promise:
      "no player's bonus or held stakes are below zero now, nor their cash unless a correction has taken back what was paid",
    breaches: `
      select accounts.account_id::text as subject, accounts.kind || ' ' || sum(entries.amount_minor) as detail
      from accounts
      join entries on entries.tenant_id = accounts.tenant_id and entries.account_id = accounts.account_id
      where accounts.tenant_id = $1 and accounts.kind in ('player_cash', 'bonus', 'stakes_held')
      group by accounts.account_id, accounts.kind
      having sum(entries.amount_minor) < 0
        and (accounts.kind <> 'player_cash' or not exists (
          select
          from entries as taken
          join transfers on transfers.tenant_id = taken.tenant_id and transfers.transfer_id = taken.transfer_id
          where taken.tenant_id = $1
            and taken.account_id = accounts.account_id
            and transfers.kind = 'reversal'
            and taken.amount_minor < 0))`,
  },
  {
    name: "transfer_key_once",
    promise: "an idempotency key names one transfer",
    breaches: `
      select idempotency_key as subject, count(*) || ' transfers' as detail
      from transfers
      where tenant_id = $1
      group by idempotency_key
      having count(*) > 1`,
  },
  {
    name: "bet_key_once",
    promise: "a player's idempotency key names one bet",
    breaches: `
      select player_id || ' ' || idempotency_key as subject, count(*) || ' bets' as detail
      from bets
      where tenant_id = $1
      group by player_id, idempotency_key
      having count(*) > 1`,
  },
  {
    name: "answer_of_its_transfer",
    promise:
      "what an operator's key was answered with is a transfer that the ledger has, of that amount and with its audit row",
    breaches: `
      select answers.idempotency_key as subject,
        case
          when count(entries.amount_minor) = 0 then 'no such transfer or amount: ' || min(answers.transfer_id)
          else 'no audit row: ' || min(answers.transfer_id)
        end as detail
      from (
        select
          idempotency_key,
          answer::jsonb ->> 'transferId' as transfer_id,
          answer::jsonb ->> 'playerId' as player_id,
          (answer::jsonb ->> 'amountMinor')::bigint as amount_minor
        from operator_answers
        where tenant_id = $1 and answer::jsonb ? 'transferId'
      ) as answers
      left join entries
        on entries.tenant_id = $1
        and entries.transfer_id = answers.transfer_id::uuid
        and entries.amount_minor = answers.amount_minor
      left join audit_acts
        on audit_acts.tenant_id = $1
        and audit_acts.subject_id = answers.player_id
        and audit_acts.facts ->> 'transferId' = answers.transfer_id
      group by answers.idempotency_key
      having count(entries.amount_minor) = 0 or count(audit_acts.act_id) = 0`,
  },
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
      "each settlement version of a bet was paid by one transfer, a settlement or a reversal by its row, and none is missing or of no bet",
    breaches: `
      with paid as (
        select
          transfers.bet_id,
          count(*) as count,
          count(distinct transfers.settlement_version) as versions,
          max(transfers.settlement_version) as latest,
          count(*) filter (
            where (transfers.kind = 'settlement' and settlements.bet_id is null)
              or (transfers.kind = 'reversal' and reversals.bet_id is null)) as unfounded
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
    name: "bet_state_of_its_version",
    promise:
      "an open bet was never paid, or that was taken back; a settled one was paid by a settlement, and a void one by a void",
    breaches: `
      select bet_id::text as subject,
        state || ', version ' || settlement_version || ', paid by ' || coalesce(paid_kind, 'nothing') as detail
      from (${BETS_NOW}) as now
      where (state = 'open' and settlement_version > 0 and paid_kind is distinct from 'reversal')
        or (state = 'settled' and paid_kind is distinct from 'settlement')
        or (state = 'void' and paid_kind is distinct from 'void')`,
  },
  {
    name: "reversal_negates",
    promise: "a reversal negates what the settlement that it names has paid, account by account",
    breaches: `
      select
        moved.bet_id || ' version ' || moved.settlement_version as subject,
        moved.left_over || ' is left of version ' || moved.reverses_version || ' on ' || moved.account_id as detail
      from (
        select
          reversals.bet_id, reversals.settlement_version, reversals.reverses_version, entries.account_id,
          sum(entries.amount_minor) as left_over
        from settlement_reversals as reversals
        join transfers
          on transfers.tenant_id = reversals.tenant_id and transfers.bet_id = reversals.bet_id
          and transfers.settlement_version in (reversals.settlement_version, reversals.reverses_version)
        join entries on entries.tenant_id = transfers.tenant_id and entries.transfer_id = transfers.transfer_id
        where reversals.tenant_id = $1
        group by reversals.bet_id, reversals.settlement_version, reversals.reverses_version, entries.account_id
      ) as moved
      where moved.left_over <> 0`,
  },
  {
    name: "bet_nets_to_its_return",
    promise:
      "a bet moved its player's cash by its return less its stake, by nothing when it is void and by its stake while it is undecided, and holds its stake until then and nothing after",
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
        where wanted_held > 0
        group by player_id, currency
      ) as staked using (player_id, currency)
      where coalesce(held.sum, 0) <> coalesce(staked.sum, 0)`,
  },
  {
    name: "checkpoint_is_the_sum",
    promise:
      "a checkpoint is the sum and the number of the entries below its cut, and no cut is beyond what the ledger has declared final",
    breaches: `
      with steps as (
        select
          account_id, before_transaction, balance_minor, entry_count,
          lag(before_transaction, 1, 0::bigint) over account as after_transaction,
          lag(balance_minor, 1, 0::bigint) over account as earlier_minor,
          lag(entry_count, 1, 0::bigint) over account as earlier_count
        from balance_checkpoints
        where tenant_id = $1
        window account as (partition by account_id order by before_transaction)
      )
      select
        steps.account_id || ' before ' || steps.before_transaction as subject,
        'adds ' || (balance_minor - earlier_minor) || ' in ' || (entry_count - earlier_count) || ' entries instead of '
          || coalesce(found.sum, 0) || ' in ' || found.count as detail
      from steps
      cross join lateral (
        select count(*) as count, sum(amount_minor) as sum
        from entries
        where tenant_id = $1
          and account_id = steps.account_id
          and transaction_number >= steps.after_transaction
          and transaction_number < steps.before_transaction
      ) as found
      cross join ledger_clock
      where balance_minor - earlier_minor <> coalesce(found.sum, 0)
        or entry_count - earlier_count <> found.count
        or steps.before_transaction > ledger_clock.finished_before`,
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

const LEDGER = ["transfers", "entries", "balance_checkpoints", "audit_acts", "operator_answers"];
const ROLES = ["linehold_read", "linehold_web", "linehold_odds", "linehold_settlement"];
const GUARDS = [
  ["transfers", "transfers_balance"],
  ["entries", "entries_balance"],
  ["entries", "entries_after_cut"],
  ...LEDGER.map((table) => [table, `${table}_append_only`]),
];
const list = (words: readonly string[]) => words.map((word) => `'${word}'`).join(", ");

/** The promise that the database itself keeps the others: of no tenant, so that `$1` is not asked for. */
export const SEALED: Invariant = {
  name: "ledger_is_sealed",
  promise:
    "every guard of the ledger is awake, no role of the application may change or remove what it holds, and each tenant's rows are walled off, from the owner too",
  breaches: `
    select guard.table_name || ' ' || guard.name as subject, 'the trigger is ' || coalesce(
      case pg_trigger.tgenabled when 'D' then 'asleep' when 'R' then 'asleep but for replicas' end, 'missing') as detail
    from (values ${GUARDS.map(([table, name]) => `('${table}', '${name}')`).join(", ")}) as guard (table_name, name)
    left join pg_trigger on pg_trigger.tgrelid = to_regclass(guard.table_name) and pg_trigger.tgname = guard.name
    where pg_trigger.tgenabled is null or pg_trigger.tgenabled in ('D', 'R')
    union all
    select ledger.name || ' ' || role.name, 'may ' || privilege.name
    from unnest(array[${list(LEDGER)}]) as ledger (name)
    cross join unnest(array[${list(ROLES)}]) as role (name)
    cross join unnest(array['update', 'delete', 'truncate', 'trigger']) as privilege (name)
    where has_table_privilege(role.name, ledger.name, privilege.name)
    union all
    select relname::text, 'row-level security is not forced'
    from pg_class
    where oid in (${[...LEDGER, "accounts"].map((name) => `to_regclass('${name}')`).join(", ")})
      and not (relrowsecurity and relforcerowsecurity)`,
};
