import { expect, test } from "bun:test";
import {
  type Boundary,
  followConnection,
  keyOf,
  nameOf,
  reasonsOf,
  SETTLED_KINDS,
  SIDES,
} from "./boundaries.ts";
import { openWalk } from "./walk.ts";

test("a statement is named by what it does to what, and one that locks rows is no update", () => {
  expect(
    [
      "begin read only",
      "select set_config('role', $1, true)",
      "with moved as (\n  insert into transfers (a) select 1 from given returning a) select a from moved",
      "update bets set state = 'settled'",
      "select bets.bet_id from bet_legs join bets using (bet_id) for no key update of bets, bet_legs skip locked",
      "select job from settlement_jobs for update of settlement_jobs skip locked",
      "rollback to savepoint bets",
    ].map(nameOf),
  ).toEqual([
    "begin read only",
    "select set_config",
    "insert into transfers",
    "update bets",
    "select from bet_legs",
    "select from settlement_jobs",
    "rollback to savepoint",
  ]);
});

/** The kinds that a connection goes through. */
function kindsOf(...sent: readonly (readonly [text: string, values?: readonly unknown[]])[]): string[] {
  const follow = followConnection();
  return sent.map(([text, values]) => follow(text, values).kind);
}
const REVERSED = "insert into settlement_reversals (reason) select unnest($1)";
const PAID = "insert into settlements (reason) select unnest($1)";

test("a transaction is of a kind by what it has done so far, and what is in none is of its own", () => {
  expect(
    kindsOf(
      ["begin"],
      ["update bet_legs set a = 1"],
      [PAID, [["won", "lost"]]],
      ["commit"],
      ["listen changes"],
    ),
  ).toEqual([
    "nothing paid so far",
    "nothing paid so far",
    "first payment",
    "first payment",
    "in no transaction",
  ]);
  expect(kindsOf(["begin"], [PAID, [["won", "cancelled"]]]).at(-1)).toBe("first payment, of a window's bets");
  expect(kindsOf(["begin"], [REVERSED, [["result_corrected"]]], [PAID, [["won"]]], ["commit"])).toEqual([
    "nothing paid so far",
    "reversal, result_corrected",
    "reversal and payment, result_corrected",
    "reversal and payment, result_corrected",
  ]);
  // Of several reasons the rarer names it.
  expect(kindsOf(["begin"], [REVERSED, [["result_corrected", "cancellation_rolled_back"]]]).at(-1)).toBe(
    "reversal, cancellation_rolled_back",
  );
  expect(kindsOf(["begin"], ["update event_tenants set replan_at = $3", ["", "", new Date(0)]]).at(-1)).toBe(
    "postponed",
  );
});

test("what is undone to a savepoint is not done, and its transaction is one with a bet that fails", () => {
  expect(
    kindsOf(
      ...([
        ["begin"],
        ["savepoint bets"],
        [PAID, [["won"]]],
        ["release savepoint bets"],
        ["commit"],
      ] as const),
    ).at(-1),
  ).toBe("first payment");
  expect(
    kindsOf(
      ["begin"],
      ["savepoint bets"],
      [PAID, [["won"]]],
      ["rollback to savepoint bets"],
      ["release savepoint bets"],
      ["savepoint bets"],
      [PAID, [["won"]]],
      ["release savepoint bets"],
      ["commit"],
      ["begin"],
    ),
  ).toEqual([
    ...["nothing paid so far", "nothing paid so far", "first payment"],
    ...Array.from({ length: 6 }, () => "with a bet that fails"),
    "nothing paid so far",
  ]);
});

test("a boundary is the same whoever sends it and however it is set, and another in another kind or for another text", () => {
  const keys = (...texts: readonly string[]) => {
    const follow = followConnection();
    return texts.map((text) => keyOf({ ...follow(text), side: "sent" }));
  };

  const [, first] = keys("begin", "select a\n  from bets");
  const [, , again] = keys("begin", "update bet_legs set a = 1", "select A from bets");
  const [alone, other] = [keys("select a from bets")[0], keys("begin", "select b from bets")[1]];

  expect(again).toBe(first);
  expect(new Set([first, alone, other]).size).toBe(3);
});

const placeOf = (text: string, kind: string) => ({ kind, statement: nameOf(text), text });
const BEGUN: Boundary = { ...placeOf("begin", "nothing paid so far"), side: "before" };
const MOVED: Boundary = { ...placeOf("insert into transfers", "first payment"), side: "sent" };

test("a walk sends settlers to boundaries at which nobody has died, until none is left", () => {
  const walk = openWalk();
  walk.learn(MOVED);

  const first = walk.next();
  walk.died(MOVED);
  const second = walk.next();
  for (const side of SIDES) walk.died({ ...MOVED, side });
  const [paying, any] = [walk.next(), walk.next()];

  expect(first).toEqual({ passed: [], onlyPaying: true, alone: true });
  expect(second).toEqual({ passed: [keyOf(MOVED)], onlyPaying: false, alone: true });
  // Then it begins anew, every other time where money is under way.
  expect([paying?.onlyPaying, any?.onlyPaying]).toEqual([true, false]);
  expect(new Set(paying?.passed)).toEqual(new Set(SIDES.map((side) => keyOf({ ...MOVED, side }))));
  for (let times = 0; times < 3; times++) walk.missed(paying);
  expect([walk.next(), walk.next(), walk.next()].map(({ passed }) => passed.length)).toEqual([0, 3, 0]);
});

test("a walk that waits for a boundary in vain kills elsewhere every other time, and goes on to look for it", () => {
  const walk = openWalk();
  walk.died(BEGUN);

  for (let times = 0; times < 3; times++) walk.missed(walk.next());
  const wishes = Array.from({ length: 4 }, () => walk.next());
  const hunting = wishes.filter(({ passed, onlyPaying }) => !onlyPaying && passed.length === 1);

  expect(hunting.length).toBeGreaterThanOrEqual(2);
  expect(wishes.some(({ onlyPaying }) => onlyPaying)).toBe(true);
});

test("a walk tells the boundaries that it has not reached, and the kinds of transaction that there were none of", () => {
  const walk = openWalk();
  walk.learn(MOVED);
  walk.died(BEGUN);

  const told = walk.told();

  expect(told).toMatchObject({
    ...{ known: 6, reached: 1, kills: { "before begin": 1 } },
    kinds: { "nothing paid so far": { known: 3, reached: 1 }, "first payment": { known: 3, reached: 0 } },
  });
  expect(told.unreached).toHaveLength(5 + SETTLED_KINDS.length - 1);
  expect(told.unreached).toContain("first payment: sent insert into transfers");
  expect(told.unreached).toContain("postponed: no such transaction");
  expect(walk.kindsLeft().slice(0, 2)).toEqual(["first payment", "nothing paid so far"]);
  expect(new Set(walk.kindsLeft())).toEqual(new Set(["nothing paid so far", ...SETTLED_KINDS]));
  expect(reasonsOf(["postponed", "reversal, result_corrected"])).toEqual(["result_corrected"]);
});

test("a walk that only hunts kills nowhere else", () => {
  const walk = openWalk();
  walk.died(BEGUN);

  for (let times = 0; times < 3; times++) walk.missed(walk.next());
  const wishes = Array.from({ length: 4 }, () => walk.next({ hunts: true }));

  expect(wishes.map(({ passed }) => passed.length)).toEqual([1, 1, 1, 1]);
});
