import { BET_INVARIANTS } from "./_audit_bets.ts";
import type { Invariant } from "./_audit_invariant.ts";
import { LEDGER_INVARIANTS } from "./_audit_ledger.ts";

export type { Invariant } from "./_audit_invariant.ts";

/** The promises of one tenant's ledger and bets, in the order in which they are looked at. */
export const INVARIANTS: readonly Invariant[] = [...LEDGER_INVARIANTS, ...BET_INVARIANTS];

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
