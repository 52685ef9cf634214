import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type BudgetTexts, budgetOf } from "./budget_of_checkout.ts";
import {
  type Budget,
  budgetFindings,
  clientsOf,
  largestFitting,
  largestWebCount,
} from "./connection_budget.ts";
import { fileText } from "./repository.ts";

const texts: BudgetTexts = {
  fly: fileText("fly.toml"),
  pooler: fileText("deploy/pgbouncer.ini"),
  server: fileText("deploy/postgres.sql"),
  readme: fileText("README.md"),
};
const rulesOf = (changed: Partial<BudgetTexts>) => [
  ...new Set(budgetFindings(budgetOf({ ...texts, ...changed })).map(({ rule }) => rule)),
];
const inPooler = (from: string | RegExp, to: string) => ({ pooler: changed(texts.pooler, from, to) });
const inFly = (from: string | RegExp, to: string) => ({ fly: changed(texts.fly, from, to) });

function changed(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, to);
  if (result === text) throw new RangeError(`Cannot make a mutant as nothing matches "${from}"`);
  return result;
}

describe("The connections of a deployment", () => {
  test("fit in transaction mode, with two of everything", () => {
    const budget = budgetOf(texts);

    expect(budgetFindings(budget)).toEqual([]);
    expect(clientsOf(budget.groups)).toBe(140);
    expect(budget.pooler.aliases.map(({ max }) => max)).toEqual([60, 10, 10]);
  });

  test("fit with as many web machines as the README says, and not with one more", () => {
    const [, said] = /at most (\w+) web machines fit/.exec(texts.readme) ?? [];

    expect(said).toBe(
      ["none", "one", "two", "three", "four", "five", "six"][largestFitting(budgetOf(texts))],
    );
  });

  test("fit in session mode with one web machine, or two while nothing is being replaced", () => {
    const budget = budgetOf(texts);

    expect(largestWebCount(budget)).toBe(1);
    expect(largestWebCount(budget, 1)).toBe(2);
  });

  test("are refused in session mode at the declared counts, naming the count that fits", () => {
    const budget = budgetOf({ ...texts, ...inPooler("pool_mode = transaction", "pool_mode = session") });

    expect(budgetFindings(budget)).toEqual([
      { rule: "pool_mode", path: "pool_mode", message: "in session mode at most 1 web machine(s) fit" },
    ]);
  });

  test("are accepted in session mode at the count it named", () => {
    const one = { readme: changed(texts.readme, "web=2", "web=1") };

    expect(rulesOf({ ...one, ...inPooler("pool_mode = transaction", "pool_mode = session") })).toEqual([]);
  });

  const mutants: readonly [string, Partial<BudgetTexts>, readonly string[]][] = [
    ["DB_MAX_CONN 300", inFly('DB_MAX_CONN = "30"', 'DB_MAX_CONN = "300"'), ["client_side"]],
    [
      "WORKER_DB_MAX_CONN 200",
      inFly('WORKER_DB_MAX_CONN = "5"', 'WORKER_DB_MAX_CONN = "200"'),
      ["client_side"],
    ],
    [
      "twenty web machines",
      { readme: changed(texts.readme, "web=2", "web=20") },
      ["client_side", "server_side"],
    ],
    ["room for 100 clients", inPooler("max_client_conn = 500", "max_client_conn = 100"), ["client_side"]],
    [
      "max_db_connections 200",
      inPooler("\nmax_db_connections = 80", "\nmax_db_connections = 200"),
      ["server_side"],
    ],
    ["no max_db_connections of its own for web", inPooler(" max_db_connections=60", ""), ["shares"]],
    [
      "no ceiling over the aliases",
      inPooler("max_user_connections = 80", "max_user_connections = 0"),
      ["unbounded"],
    ],
    [
      "a share of web that cannot hold its pool",
      inPooler("max_db_connections=60", "max_db_connections=40"),
      ["alias_share"],
    ],
    ["one alias for both workers", inPooler(/^linehold_settlement = .*\n/m, ""), ["alias"]],
    [
      "an alias of another database",
      inPooler("dbname=linehold pool_size=50", "dbname=other pool_size=50"),
      ["alias"],
    ],
    ["statement mode", inPooler("pool_mode = transaction", "pool_mode = statement"), ["pool_mode"]],
    [
      "the pooler's default wait",
      inPooler("query_wait_timeout = 3", "query_wait_timeout = 120"),
      ["query_wait"],
    ],
    ["waiting without an end", inPooler("query_wait_timeout = 3", "query_wait_timeout = 0"), ["query_wait"]],
    [
      "max_connections 90",
      { server: changed(texts.server, "max_connections = 100", "max_connections = 90") },
      ["server_side"],
    ],
    [
      "more kept for superusers",
      {
        server: changed(
          texts.server,
          "superuser_reserved_connections = 3",
          "superuser_reserved_connections = 12",
        ),
      },
      ["server_side"],
    ],
  ];
  for (const [name, change, rules] of mutants) {
    test(`are refused with ${name}`, () => {
      expect(rulesOf(change)).toEqual([...rules]);
    });
  }
});

describe("largestWebCount", () => {
  test("is the count that fits while one more does not", () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        size,
        size,
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 400 }),
        (web, worker, share, userMax) => {
          const budget = sessionBudget({ web, worker, share, userMax });

          const count = largestWebCount(budget);

          const used = (machines: number) => 2 * (machines * web + worker);
          const fits = (machines: number) =>
            used(machines) <= userMax && 2 * machines * web <= share && 2 * worker <= 200;
          expect(count === 0 || fits(count)).toBe(true);
          expect(fits(count + 1)).toBe(false);
        },
      ),
    );
  });
});

function sessionBudget(given: { web: number; worker: number; share: number; userMax: number }): Budget {
  const alias = (name: string, max: number) => ({ name, database: "one", poolSize: max, reserve: 0, max });
  return {
    groups: [
      { name: "web", alias: "a", machines: 1, max: given.web },
      { name: "worker_odds", alias: "b", machines: 1, max: given.worker },
    ],
    pooler: {
      mode: "session",
      clientsMax: 10_000,
      serverMax: 400,
      userMax: given.userMax,
      queryWaitMs: 3000,
      aliases: [alias("a", given.share), alias("b", 200)],
    },
    postgres: { maxConnections: 1000, superuserReserved: 3 },
    direct: [],
    connectTimeoutMs: 5000,
  };
}
