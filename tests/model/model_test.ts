import { expect, setDefaultTimeout, test } from "bun:test";
import { runCommandFile } from "../commands/run_command.ts";
import { openDatabase } from "../harness/mod.ts";
import { answerNaively } from "./naive_answers.ts";
import { PlainModel } from "./plain_model.ts";
import { runHistories } from "./run_histories.ts";

setDefaultTimeout(240_000);

/** As a failure tells them: a seed alone plays other histories, a seed with its path the one that failed. */
const given = process.env["MODEL_SEED"];
const seed = given === undefined ? 20250919 : Number(given);
const path = process.env["MODEL_PATH"];

// Ten thousand take some minutes: bun run model. These are the same histories of the same seed, the first of them.
const HISTORIES = 400;

test("the service does what a plain model does, through random histories and crashes amid them", async () => {
  await using database = await openDatabase();

  const report = await runHistories(database, { histories: HISTORIES, seed, path, workers: 4 });

  const again = `MODEL_SEED=${report.failure?.seed} MODEL_PATH=${report.failure?.path} bun test tests/model/model_test.ts`;
  if (!report.ok) console.error(`Seed ${seed}. Again: ${again}`);
  expect([report.failure, report.faults]).toEqual([null, []]);
  if (path !== undefined) return;
  expect(report.histories).toBe(HISTORIES);
  expect(report.crashes).toBeGreaterThan(HISTORIES / 2);
  expect(report.bets).toBeGreaterThan(HISTORIES / 3);
});

test("operators' requests that are done again whenever they are asked again come apart from the model, and the failure is played again by its seed and path", async () => {
  await using database = await openDatabase();
  const naive = { answerWay: answerNaively, workers: 4 };

  const { ok, failure } = await runHistories(database, { ...naive, histories: 200, seed });
  const replayed = await runHistories(database, {
    ...naive,
    histories: 1,
    seed: failure?.seed ?? 0,
    path: failure?.path ?? "0",
  });

  expect(ok).toBe(false);
  expect(replayed.failure?.history).toEqual(failure?.history ?? []);
  // Shortened to what matters: money paid in, and a request done twice.
  expect(failure?.history.length).toBeLessThan(5);
});

test("the model shares no code with what it is held against", async () => {
  const text = await Bun.file(new URL("./plain_model.ts", import.meta.url)).text();

  const imports = [...text.matchAll(/^import .* from "(.*)";$/gm)].map(([line]) => line);
  expect(imports).toEqual([
    'import type { Decision, LimitKind, LimitPeriod, Request, Whose } from "./actions.ts";',
  ]);
});

test("the model itself refuses what anybody would", () => {
  const model = new PlainModel();
  const bet = (key: string, stake: number, at: number) =>
    model.request(key, { verb: "bet", whose: 0, stake, legs: 1 }, at);

  expect(bet("a", 1, 0)).toEqual({ done: false, reasons: ["insufficient_funds"] });
  expect(model.request("b", { verb: "deposit", whose: 0, amount: 100 }, 1)).toEqual({ done: true });
  expect(model.request("b", { verb: "deposit", whose: 0, amount: 100 }, 2)).toBeNull();
  expect(bet("c", 60, 3)).toEqual({ done: true });
  expect(model.balances(0)).toEqual({ cash: 40, bonus: 0, held: 60 });
  model.decide({ verb: "limit", whose: 0, kind: "stake", period: "day", amount: 70 }, 4);
  expect(bet("d", 11, 5)).toEqual({ done: false, reasons: ["responsible_betting_stake_limit_exceeded"] });
  model.decide({ verb: "void", bet: 0 }, 6);
  expect(bet("d", 11, 7)).toEqual({ done: true });
  model.decide({ verb: "exclude", whose: 1 }, 8);
  expect(bet("e", 1, 9)).toEqual({ done: false, reasons: ["player_excluded"] });
});

test.each([
  [["--help"], 0],
  [["--wrong"], 64],
  [["--histories", "0"], 64],
  [["--seed", "x"], 64],
  [["--path", "a:b"], 64],
])("bun run model %p ends with %p before it starts a Postgres", async (words, code) => {
  expect((await runCommandFile("model.ts", words, {})).code).toBe(code);
});
