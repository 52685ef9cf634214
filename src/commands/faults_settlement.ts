/**
 * `bun run faults:settlement`: bets settled while the settlers are killed. A developer's command: what it runs lives with the tests,
 * and neither is in the image.
 */
import { closeSuiteServer } from "../../tests/harness/suite_server.ts";
import {
  isComplete,
  isSound,
  playSettlementKills,
  type SettlementKillsFound,
} from "../../tests/settlement/kills/play.ts";
import { NAIVE } from "../../tests/settlement/kills/victim.ts";
import { systemClock } from "../resilience/mod.ts";
import { EXIT, runCommand, UsageError } from "./_command_line.ts";
import { createProgress } from "./_progress.ts";

const HELP = `Usage: bun run faults:settlement [--kills N] [--bets N] [--seed N] [--naive] [--json]

Settles the same bets twice: by three copies of worker_settlement that live, and by three that are killed (SIGKILL) and replaced. Most are
killed by a hook beside a statement: before it is sent, when it has left, or when its answer has come; the others at random moments. Those
are the boundaries, of each statement in each kind of transaction (first payment, correction, reversal, a bet that fails, …), and one at
which nobody has died comes first. Bets are singles and accumulators of three tenants; results come in parts, are corrected, cancelled for
some and rolled back; some bets cannot be settled at all, and some players have spent what a correction takes back. At the end the ledger
by account, every bet's state and what is held of every event must be those of the run without kills and of plain arithmetic over the last
facts, and no promise about money broken. On a Postgres of its own.

  --kills N  how many at least (default 1000); they go on, to twice as many, while there is a boundary at which nobody has died
  --bets N   how many (default 6000)
  --seed N   of the bets and of what is said of their events (default: by chance; the output tells it)
  --naive    instead, one settler that pays, then marks: what this finds when there is something to be found
  --json     prints one JSON object
  --help     this text

Exit codes: 0 nothing was lost or paid twice, and somebody died at every boundary; 1 otherwise; 64 wrong arguments.`;

/** As many as are told; the JSON object has all. */
const TOLD_MAX = 20;

await runCommand({
  name: "faults:settlement",
  help: HELP,
  options: {
    kills: { type: "string" },
    bets: { type: "string" },
    seed: { type: "string" },
    naive: { type: "boolean" },
    json: { type: "boolean" },
  },
  async run({ kills, bets, seed, naive, json }) {
    const wanted = wholeOf("kills", kills, { fallback: 1000, most: 1_000_000 });
    const progress = createProgress({ stream: process.stderr, clock: systemClock });
    await using opened = new AsyncDisposableStack();
    opened.defer(closeSuiteServer);
    const found = await playSettlementKills({
      kills: wanted,
      // The naive one has few kinds of transaction, and is lost before it has died in all.
      killsMax: naive === true ? wanted : 2 * wanted,
      bets: wholeOf("bets", bets, { fallback: 6000, most: 1_000_000 }),
      seed: wholeOf("seed", seed, { fallback: Math.floor(Math.random() * 2 ** 31), most: 2 ** 31 - 1 }),
      workers: 3,
      ...(naive === true && { workers: 1, plain: true, script: NAIVE }),
      observe: ({ phase, kills: killed }) =>
        progress.show(phase === "killing" ? `${killed} of ${wanted} killed` : phase),
    });
    progress.clear();
    const sound = isSound(found) && (naive === true || isComplete(found));
    process.stdout.write(`${json === true ? JSON.stringify({ ok: sound, ...found }) : wordsOf(found)}\n`);
    return sound ? EXIT.done : EXIT.failed;
  },
});

function wholeOf(
  name: string,
  given: string | undefined,
  { fallback, most }: { readonly fallback: number; readonly most: number },
): number {
  if (given === undefined) return fallback;
  const number = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN;
  if (number >= 1 && number <= most) return number;
  throw new UsageError(`--${name} must be a whole number from 1 to ${most}: it is "${given}"`);
}

function wordsOf(found: SettlementKillsFound): string {
  const { accumulators, bets, boundaries, debts, doublePayments, kills, seed, tenants, told, tookMs } = found;
  const seconds = (ms: number) => Math.round(ms / 1000);
  const wrong = [...found.faults, ...found.differences, ...found.unexpected];
  return [
    `${bets} bets of ${tenants} tenants, ${accumulators} of them accumulators; ${told} statements of sources; seed ${seed}`,
    `${kills.total} kills, ${kills.atBoundaries} beside a statement and ${kills.atRandom} at random, in ${seconds(tookMs.withKills)} s`,
    `  at ${boundaries.reached} of the ${boundaries.known} boundaries that there are:`,
    ...Object.entries(boundaries.kinds).map(
      ([kind, { known, reached }]) => `  ${`${reached} of ${known}`.padStart(10)}  ${kind}`,
    ),
    ...boundaries.unreached.map((what) => `  NOT REACHED: ${what}`),
    "  by statement:",
    ...Object.entries(kills.byBoundary).map(([kind, count]) => `  ${String(count).padStart(5)}  ${kind}`),
    `${debts.writtenOff} debts written off, ${debts.frozen} players frozen`,
    `${doublePayments} bets paid twice`,
    wrong.length === 0
      ? "The ledger is that of a run without kills, and keeps all its promises"
      : `WRONG: ${wrong.slice(0, TOLD_MAX).join("\n       ")}`,
    ...(wrong.length > TOLD_MAX ? [`and ${wrong.length - TOLD_MAX} more`] : []),
  ].join("\n");
}
