// The controls of the tests of settlement: settles as one does at first. It asks which bets are open, pays each, then marks it, every
// statement committing by itself and nothing fencing a second payment. It grades by who is ahead: a quarter line that is ahead is won and one
// behind is lost, halves are unheard of, and what is left of a minor unit is dropped. Its ledger is as balanced as any, as long as it is
// never killed.
const OPEN_BETS = `
  with measured as (
    select
      bets.tenant_id, bets.bet_id, bets.player_id, bets.currency, bets.stake_minor, bet_legs.event_id, results.version,
      bet_legs.price_numerator, bet_legs.price_denominator,
      case
        when results.state = 'void' then 0
        when bet_legs.outcome = 'home' and bet_legs.market_type = '1x2' then home_score - away_score - 0.25
        when bet_legs.outcome = 'away' and bet_legs.market_type = '1x2' then away_score - home_score - 0.25
        when bet_legs.outcome = 'draw' then 0.25 - abs(home_score - away_score)
        when bet_legs.market_type = 'total' then home_score + away_score - bet_legs.line_quarters / 4.0
        else home_score - away_score + bet_legs.line_quarters / 4.0
      end as ahead
    from bets
    join bet_legs using (tenant_id, bet_id)
    join results using (event_id)
    where bets.state = 'open'
    limit $1
  )
  select
    measured.*,
    held.account_id as held, cash.account_id as cash, book.account_id as book,
    case
      when ahead > 0 then div(stake_minor * price_numerator, price_denominator)::bigint
      when ahead = 0 then stake_minor
      else 0
    end as returned
  from measured
  join accounts as held on held.tenant_id = measured.tenant_id and held.player_id = measured.player_id and held.kind = 'stakes_held'
  join accounts as cash on cash.tenant_id = measured.tenant_id and cash.player_id = measured.player_id and cash.kind = 'player_cash'
  join accounts as book on book.tenant_id = measured.tenant_id and book.kind = 'house_book'`;

// Who pays again takes the next version: nothing of the ledger's stands in the way.
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
  values ($1, $2, 1, $3, $4, $5, $6, 1, 1, 0, 1, 'lost', $7::bigint, 1, $7::bigint, now())
  on conflict do nothing`;

const MARK = `
  update bets
  set state = 'settled', settlement_version = 1
  where tenant_id = $1 and bet_id = $2`;

interface OpenBet {
  readonly tenant_id: string;
  readonly bet_id: string;
  readonly event_id: string;
  readonly currency: string;
  readonly stake_minor: bigint;
  readonly version: number;
  readonly ahead: string;
  readonly held: string;
  readonly cash: string;
  readonly book: string;
  readonly returned: bigint;
}

/** A statement as the owner, committing by itself. */
export type OwnStatement = <R extends object>(text: string, values?: readonly unknown[]) => Promise<R[]>;

/** Pays and marks up to `limit` open bets on events with a result, one after the other; how many. */
export async function settleNaively(owner: OwnStatement, limit: number): Promise<number> {
  const bets = await owner<OpenBet>(OPEN_BETS, [limit]);
  for (const bet of bets) {
    const { tenant_id: tenant, bet_id: id, stake_minor: stake, returned } = bet;
    const ahead = Number(bet.ahead);
    const accounts = [bet.held, bet.cash, bet.book];
    await owner(PAY, [tenant, id, bet.currency, accounts, [-stake, returned, stake - returned]]);
    const graded = [ahead > 0 ? 1 : 0, ahead === 0 ? 2 : 0];
    await owner(NOTE, [tenant, id, bet.event_id, bet.version, ...graded, returned]);
    await owner(MARK, [tenant, id]);
  }
  return bets.length;
}
