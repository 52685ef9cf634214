/**
 * `bun run bench settle`: a hundred thousand bets on one event, settled beside bare SQL that writes the same, beside a million others,
 * and beside placements.
 */
import { existsSync } from "node:fs";
import { SETTLEMENT_LIMITS } from "../../src/settlement/mod.ts";
import { runBench } from "../measure/run.ts";
import { auditBreaches } from "./audit.ts";
import { compareBeside, compareRates, startSettlingOf } from "./run.ts";
import { besideTable, judgeSettle, ratesTable, type SettleFindings } from "./settle.ts";
import { openSettleStage } from "./stage.ts";
import { differencesOf, readWritten } from "./written.ts";

/** Of each round at least, so that 25 of them are a hundred thousand. */
const BETS_A_ROUND = 4000;
const ROUNDS_MAX = 25;
const OTHERS_PER_BET = 10;
const PLAYERS_EACH = 2000;

await runBench("settle", async ({ rounds, seconds }, { progress }) => {
  await using opened = new AsyncDisposableStack();
  const bets = Math.min(rounds, ROUNDS_MAX) * BETS_A_ROUND;
  const size = { bets, othersPerBet: OTHERS_PER_BET, playersEach: PLAYERS_EACH };
  const stage = opened.use(await openSettleStage(size, { progress }));
  const limits = SETTLEMENT_LIMITS;
  const crowded = opened.use(await startSettlingOf(stage.crowded.url, limits));
  const deps = { stage, crowded, progress };
  const rates = await compareRates(deps, { bets, betsARound: BETS_A_ROUND, limits });
  const beside = existsSync("/proc/self/stat")
    ? await compareBeside(deps, { forMs: seconds * 1000 })
    : undefined;
  progress("comparing what was written");
  const [ours, bare] = await Promise.all([readWritten(stage.alone.owner), readWritten(stage.bare.owner)]);
  progress("auditing the ledgers");
  const [inAlone, inCrowded] = await Promise.all([auditBreaches(stage.alone), auditBreaches(stage.crowded)]);
  const findings: SettleFindings = {
    bets,
    others: bets * OTHERS_PER_BET,
    rates,
    differences: differencesOf(ours, bare),
    beside,
    breaches: [...inAlone, ...inCrowded],
  };
  return {
    tables: [ratesTable(findings), ...(beside === undefined ? [] : [besideTable(beside)])],
    rows: {
      rounds: rates,
      beside: (beside ?? []).map(({ placed, locks, ...row }) => ({
        ...row,
        ...locks,
        placed: placed.length,
      })),
      differences: findings.differences.map((difference) => ({ difference })),
      breaches: findings.breaches.map((breach) => ({ breach })),
    },
    verdicts: judgeSettle(findings),
  };
});
