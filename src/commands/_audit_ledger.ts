import type { Invariant } from "./_audit_invariant.ts";

/** The promises of one tenant's ledger, whatever moves it. */
export const LEDGER_INVARIANTS: readonly Invariant[] = [
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
      "no player's cash, bonus or held stakes are below zero now, but for what corrected results and voids have taken back",
    breaches: `
      select accounts.account_id::text as subject, accounts.kind || ' ' || sum(entries.amount_minor) as detail
      from accounts
      join entries on entries.tenant_id = accounts.tenant_id and entries.account_id = accounts.account_id
      join transfers on transfers.tenant_id = entries.tenant_id and transfers.transfer_id = entries.transfer_id
      where accounts.tenant_id = $1 and accounts.kind in ('player_cash', 'bonus', 'stakes_held')
      group by accounts.account_id, accounts.kind
      having sum(entries.amount_minor) < case accounts.kind
        when 'player_cash' then least(0, coalesce(sum(entries.amount_minor) filter (where transfers.kind = 'reversal'), 0))
        else 0
      end`,
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
];
