import { openSession } from "../../src/pool/mod.ts";

// The control of the kill test: settles as one does at first. It asks which bets are open, pays each, then marks it, every
// statement committing by itself and nothing fencing a second payment. Right as long as it is never killed.
const session = await openSession({
  url: Bun.env["OWNER_URL"] ?? "",
  applicationName: "naive settler",
  connectTimeoutMs: 5000,
});
process.stdout.write("naive.started\n");

const OPEN_BETS = `
  select
    bets.tenant_id, bets.bet_id, bets.currency, bets.stake_minor, results.version,
    held.account_id as held, cash.account_id as cash, book.account_id as book,
    case
      when results.state = 'void' then bets.stake_minor
      when bet_legs.outcome = case
        when results.home_score > results.away_score then 'home'
        when results.home_score < results.away_score then 'away'
        else 'draw'
      end then round(bets.stake_minor * bet_legs.price_numerator::numeric / bet_legs.price_denominator)::bigint
      else 0
    end as returned
  from bets
  join bet_legs using (tenant_id, bet_id)
  join results using (event_id)
  join accounts as held on held.tenant_id = bets.tenant_id and held.player_id = bets.player_id and held.kind = 'stakes_held'
  join accounts as cash on cash.tenant_id = bets.tenant_id and cash.player_id = bets.player_id and cash.kind = 'player_cash'
  join accounts as book on book.tenant_id = bets.tenant_id and book.kind = 'house_book'
  where bets.state = 'open'
  limit 100`;

const PAY = `
  with moved as (
    insert into transfers (
      tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, bet_id, settlement_version, occurred_at
    )
    select
      $1,
      (lpad(to_hex(floor(extract(epoch from now()) * 1000)::bigint), 12, '0')
        || right(replace(gen_random_uuid()::text, '-', ''), 20))::uuid,
      gen_random_uuid()::text, 'settlement', $3, count(*), $2,
      1 + (select count(*) from transfers where tenant_id = $1 and bet_id = $2 and kind = 'settlement'), now()
    from unnest($5::bigint[]) as amount
    where amount <> 0
    returning tenant_id, transfer_id, currency
  )
  insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
  select moved.tenant_id, moved.transfer_id, entry.account_id, moved.currency, entry.amount
  from moved
  cross join unnest($4::uuid[], $5::bigint[]) as entry (account_id, amount)
  where entry.amount <> 0`;

const NOTE = `
  insert into settlements (
    tenant_id, bet_id, settlement_version, event_id, result_version, result, void_halves, dead_heat_numerator,
    dead_heat_denominator, deduction_numerator, deduction_denominator, reason, return_numerator, return_denominator,
    return_minor, settled_at
  )
  select tenant_id, bet_id, 1, event_id, $3, 0, 0, 1, 1, 0, 1, 'lost', $4::bigint, 1, $4::bigint, now()
  from bet_legs
  where tenant_id = $1 and bet_id = $2
  on conflict do nothing`;

const MARK = `
  update bets
  set state = 'settled', settlement_version = 1
  where tenant_id = $1 and bet_id = $2`;

interface OpenBet {
  readonly tenant_id: string;
  readonly bet_id: string;
  readonly currency: string;
  readonly stake_minor: bigint;
  readonly version: number;
  readonly held: string;
  readonly cash: string;
  readonly book: string;
  readonly returned: bigint;
}

async function settleForEver(): Promise<void> {
  for (;;) {
    const bets = await session.query<OpenBet>(OPEN_BETS);
    for (const bet of bets) {
      const { tenant_id: tenant, bet_id: id, stake_minor: stake, returned } = bet;
      const accounts = [bet.held, bet.cash, bet.book];
      await session.execute(PAY, [tenant, id, bet.currency, accounts, [-stake, returned, stake - returned]]);
      await session.execute(NOTE, [tenant, id, bet.version, returned]);
      await session.execute(MARK, [tenant, id]);
    }
    if (bets.length === 0) await Bun.sleep(20);
  }
}
void settleForEver();
