import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { audit } from "./audit.ts";
import { settleNaively } from "./naive_settlement.ts";
import { EVENS, ended, openToldHouse, type ToldHouse } from "./telling.ts";

setDefaultTimeout(60_000);

/** A bet on a total of 2.25 goals: of an odd stake, at a price that is a fraction of whole numbers. */
interface HalfBet {
  readonly outcome: "over" | "under";
  readonly stakeMinor: bigint;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const halfBets = fc.array(
  fc
    .record({
      outcome: fc.constantFrom("over" as const, "under" as const),
      half: fc.bigInt(0n, 4999n),
      profit: fc.bigInt(1n, 2000n),
      denominator: fc.constantFrom(1n, 2n, 3n, 7n, 11n, 20n, 100n),
    })
    .map(({ outcome, half, profit, denominator }): HalfBet => {
      const numerator = denominator + profit;
      return { outcome, stakeMinor: 2n * half + 1n, numerator, denominator };
    }),
  { minLength: 20, maxLength: 30 },
);

/**
 * After two goals: half of a stake on over is back and half is lost; half of one on under is back and half is paid. In whole numbers, as
 * one does it on paper: a half of a minor unit that is left goes to the player, less than that to the book.
 */
function onPaper({ outcome, stakeMinor: stake, numerator, denominator }: HalfBet): bigint {
  if (outcome === "over") return (stake + 1n) / 2n;
  const twice = 2n * denominator;
  const units = stake * (denominator + numerator);
  const rest = units % twice;
  return (units - rest) / twice + (2n * rest >= twice ? 1n : 0n);
}

/** Places them on one event, each at its own price; what they are by id. */
async function place(house: ToldHouse, bets: readonly HalfBet[]) {
  const seat = await house.addPlayer({ depositMinor: 1_000_000n });
  const eventId = await house.addEvent();
  await house.addTotals(eventId);
  const placed = new Map<string, HalfBet>();
  for (const bet of bets) {
    const { outcome, stakeMinor } = bet;
    const leg = { marketType: "asian_total", lineQuarters: 9 };
    const { betId } = await house.place(seat, { eventId, outcome, stakeMinor, price: EVENS, leg });
    placed.set(betId, bet);
  }
  await house.database.owner(
    `update bet_legs
     set price_numerator = given.numerator, price_denominator = given.denominator
     from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as given (bet_id, numerator, denominator)
     where bet_legs.bet_id = given.bet_id`,
    [[...placed.keys()], bets.map(({ numerator }) => numerator), bets.map(({ denominator }) => denominator)],
  );
  return { eventId, placed };
}

/** What each bet has moved, from its stake on, by kind of account. */
async function movedBy({ database }: ToldHouse, ids: readonly string[]) {
  const rows = await database.owner<{ bet_id: string; kind: string; minor: bigint }>(
    `select transfers.bet_id, accounts.kind, sum(amount_minor)::bigint as minor
     from transfers
     join entries using (tenant_id, transfer_id)
     join accounts using (tenant_id, account_id)
     where transfers.bet_id = any($1)
     group by transfers.bet_id, accounts.kind`,
    [ids],
  );
  const byBet = Map.groupBy(rows, ({ bet_id }) => bet_id);
  return (betId: string) =>
    Object.fromEntries((byBet.get(betId) ?? []).map(({ kind, minor }) => [kind, minor]));
}

/** Of each bet what it has moved, and what it has to by paper. */
async function compared(house: ToldHouse, placed: ReadonlyMap<string, HalfBet>) {
  const moved = await movedBy(house, [...placed.keys()]);
  return [...placed].map(([betId, bet]) => {
    const { player_cash = 0n, stakes_held = 0n, house_book = 0n, ...others } = moved(betId);
    const won = onPaper(bet) - bet.stakeMinor;
    return {
      is: { player_cash, stakes_held, house_book, others, sum: player_cash + stakes_held + house_book },
      must: { player_cash: won, stakes_held: 0n, house_book: -won, others: {}, sum: 0n },
    };
  });
}

test("halves of odd stakes, won and lost at whatever price, are paid as on paper, and player, book and what was held sum to zero for each bet", async () => {
  await using scope = new AsyncDisposableStack();
  const house = await openToldHouse(scope);

  await fc.assert(
    fc.asyncProperty(halfBets, async (bets) => {
      const { eventId, placed } = await place(house, bets);
      await house.tell(eventId, ended(1, 1));

      for (const { is, must } of await compared(house, placed)) expect(is).toEqual(must);
    }),
    { numRuns: 6 },
  );

  expect(house.stepper.failures).toEqual([]);
  expect(await audit(house.database)).toEqual([]);
});

test("a settlement that knows no halves pays none of them as on paper: the control of the test above", async () => {
  await using scope = new AsyncDisposableStack();
  const house = await openToldHouse(scope);
  const [bets = []] = fc.sample(halfBets, { numRuns: 1, seed: 3 });
  const { eventId, placed } = await place(house, bets);
  await house.recordResult(eventId, { score: [1, 1] });

  await settleNaively(house.database.owner, 1000);

  const differing = (await compared(house, placed)).filter(({ is, must }) => !Bun.deepEquals(is, must));
  expect(differing.length).toBe(placed.size);
});
