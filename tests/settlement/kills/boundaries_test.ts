import { expect, test } from "bun:test";
import { followConnection, keyOf, nameOf } from "./boundaries.ts";
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

test("a place is all that was sent since the transaction began, and what is in none stands alone", () => {
  const follow = followConnection();

  expect(
    [
      "begin",
      "update bets set a = 1",
      "savepoint bets",
      "rollback to savepoint bets",
      "commit",
      "listen changes",
    ].map((text) => follow(text)),
  ).toEqual([
    "begin",
    "begin > update bets",
    "begin > update bets > savepoint bets",
    "begin > update bets > savepoint bets > rollback to savepoint",
    "begin > update bets > savepoint bets > rollback to savepoint > commit",
    "listen changes",
  ]);
});

test("a walk passes over the places at which somebody has died, until nobody finds another", () => {
  const walk = openWalk();
  walk.learn("begin > insert into transfers");
  const paid = { path: "begin > insert into transfers", side: "sent" } as const;
  const begun = { path: "begin", side: "before" } as const;

  const first = [walk.next(), walk.next()];
  walk.died(paid);
  walk.died(begun);
  const then = [walk.next(), walk.next()];
  for (const wish of then) for (let times = 0; times < 3; times++) walk.missed(wish);
  const anew = [walk.next(), walk.next()];

  const none = [
    { passed: [], onlyPaying: true },
    { passed: [], onlyPaying: false },
  ];
  expect(first).toEqual(none);
  expect(then).toEqual([
    { passed: [keyOf(paid)], onlyPaying: true },
    { passed: [keyOf(paid), keyOf(begun)], onlyPaying: false },
  ]);
  expect(anew).toEqual(none);
  expect(walk.told()).toEqual({
    ...{ known: 6, killedAt: 2 },
    kills: { "before begin": 1, "sent insert into transfers": 1 },
  });
});
