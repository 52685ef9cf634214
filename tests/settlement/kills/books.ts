import type { Seat } from "../../bets/betting_house.ts";
import type { TestDatabase } from "../../harness/test_database.ts";
import { returnOf, type Story } from "./story.ts";

/** What a run has made of a story: names of accounts and bets, with what they hold. Equal for equal runs, whatever their ids. */
export type Books = Readonly<Record<string, string>>;

interface AccountRow {
  readonly tenant_id: string;
  readonly player_id: string | null;
  readonly kind: string;
  readonly currency: string;
  readonly sum: bigint;
}

interface BetRow {
  readonly bet_id: string;
  readonly state: string;
  readonly return_minor: bigint | null;
}

interface RoomRow {
  readonly tenant_id: string;
  readonly subject: string;
  readonly used: bigint;
}

/**
 * The ledger by account but for what players took out, and for what was written off of their debts, which both depend on when; every bet's state and return, and what is held of every event and outcome.
 */
export async function readBooks(database: TestDatabase, seats: readonly Seat[]): Promise<Books> {
  const accounts = await database.owner<AccountRow>(`
    select
      tenant_id, player_id, accounts.kind, accounts.currency,
      coalesce(sum(amount_minor) filter (where transfers.kind not in ('withdrawal', 'write_off')), 0)::bigint as sum
    from accounts
    left join entries using (tenant_id, account_id)
    left join transfers using (tenant_id, transfer_id)
    group by tenant_id, account_id, player_id, accounts.kind, accounts.currency`);
  const bets = await database.owner<BetRow>(`
    select bets.bet_id, bets.state, case when bets.state = 'settled' then settlements.return_minor end as return_minor
    from bets
    left join settlements using (tenant_id, bet_id, settlement_version)`);
  const rooms = await database.owner<RoomRow>(`
    select tenant_id, subject, sum(used_minor)::bigint as used
    from exposure_slots
    group by tenant_id, subject`);
  const tenant = (id: string) => `tenant ${seats.findIndex(({ tenantId }) => tenantId === id) / 2}`;
  const player = (id: string | null) =>
    id === null ? "house" : `player ${seats.findIndex(({ playerId }) => playerId === id)}`;
  return Object.fromEntries([
    ...accounts.map((row) => [
      `${tenant(row.tenant_id)} ${player(row.player_id)} ${row.kind} ${row.currency}`,
      `${row.sum}`,
    ]),
    ...bets.map((row) => [`bet ${row.bet_id}`, wordsOf(row.state, row.return_minor)]),
    ...rooms.map((row) => [
      `${tenant(row.tenant_id)} room ${row.subject.replaceAll("\u001f", " ")}`,
      `${row.used}`,
    ]),
  ]);
}

/** What the bets must have become by plain arithmetic over what was last said of their events. */
export function expectedBooks({ bets, last }: Story): Books {
  return Object.fromEntries(
    bets.map((bet) => {
      if (bet.poison) return [`bet ${bet.betId}`, wordsOf("quarantined", null)];
      const returned = returnOf(bet, last);
      return [`bet ${bet.betId}`, wordsOf(returned === undefined ? "open" : "settled", returned ?? null)];
    }),
  );
}

function wordsOf(state: string, returned: bigint | null): string {
  return returned === null ? state : `${state}, returned ${returned}`;
}

/** Where books differ from what they should be, in words. */
export function differencesOf(books: Books, wanted: Books): string[] {
  return Object.entries(wanted).flatMap(([name, what]) =>
    books[name] === what ? [] : [`${name}: ${books[name] ?? "nothing"} and not ${what}`],
  );
}

/** Bets that are paid more than once, or paid while they are not settled: what was taken back does not count. */
export async function countDoublePayments(database: TestDatabase): Promise<number> {
  const [row] = await database.owner<{ readonly count: number }>(`
    select count(*)::integer as count
    from (
      select
        count(*) filter (where transfers.kind = 'settlement') - count(*) filter (where transfers.kind = 'reversal') as paid,
        max(case bets.state when 'settled' then 1 else 0 end) as due
      from bets
      join transfers using (tenant_id, bet_id)
      group by bets.tenant_id, bets.bet_id
    ) as payments
    where paid > due`);
  return row?.count ?? 0;
}
