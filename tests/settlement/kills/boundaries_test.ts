import { expect, test } from "bun:test";
import { followConnection, nameOf } from "./boundaries.ts";
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

test("a walk comes to every side of every place before it comes to one again", () => {
  const walk = openWalk();
  for (const path of ["begin", "begin > commit", "begin"]) walk.learn(path);

  const places = Array.from({ length: 7 }, () => walk.next());
  for (const place of places.slice(0, 2)) if (place !== undefined) walk.died(place);

  const words = places.map((place) => `${place?.side} ${place?.path}`);
  expect(new Set(words.slice(0, 6)).size).toBe(6);
  expect(words[0]).toBe("before begin");
  expect(words[6]).toBe(words[0] ?? "");
  expect(walk.told()).toMatchObject({ known: 6, killedAt: 2 });
});
