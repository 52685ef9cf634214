/**
 * `bun run faults:bets`: bets placed while everything is killed. A developer's command: what it runs lives with the tests, and
 * neither is in the image.
 */
import { type KillsFound, playKills } from "../../tests/bets/kills.ts";
import { EXIT, runCommand, UsageError } from "./_command_line.ts";

const HELP = `Usage: bun run faults:bets [--bets N] [--json]

Places bets over HTTP while the web process and Postgres are killed (SIGKILL) at random moments. Clients know their keys, speak only
HTTP and ask until they are answered; then each key is held against the ledger: one bet and one hold, or none. Runs on a Postgres of
its own. Ten thousand bets take several minutes.

  --bets N   how many (default 10000)
  --json     prints one JSON object
  --help     this text

Exit codes: 0 every key was told the truth, 1 one was not, 64 wrong arguments.`;

await runCommand({
  name: "faults:bets",
  help: HELP,
  options: { bets: { type: "string" }, json: { type: "boolean" } },
  async run({ bets, json }) {
    const placements = countOf(bets);
    const found = await playKills({
      placements,
      clients: 24,
      killEvery: [20, 100],
      random: Math.random,
      observe({ answered, kills }) {
        if (process.stderr.isTTY)
          process.stderr.write(`\r\x1b[K${answered} of ${placements} answered, ${kills} kills`);
      },
    });
    process.stdout.write(`${json === true ? JSON.stringify(found) : wordsOf(found)}\n`);
    return found.wrong.length + found.faults.length === 0 ? EXIT.done : EXIT.failed;
  },
});

function countOf(bets: string | undefined): number {
  if (bets === undefined) return 10_000;
  if (/^[1-9]\d{0,6}$/.test(bets)) return Number(bets);
  throw new UsageError(`--bets must be a whole number from 1 to 9999999: it is "${bets}"`);
}

function wordsOf(found: KillsFound): string {
  const { accepted, faults, kills, placements, refused, repeated, tookMs, wrong } = found;
  return [
    `${placements} keys: ${accepted} bets, refused ${JSON.stringify(refused)}, in ${Math.round(tookMs / 1000)} s`,
    `${kills.web} kills of the web process, ${kills.postgres} of Postgres; ${repeated} requests sent again`,
    wrong.length === 0
      ? "Every key was told what the ledger holds"
      : `WRONG: ${wrong.slice(0, 20).join("; ")}`,
    faults.length === 0 ? "The ledger keeps all its promises" : `BROKEN: ${faults.join("; ")}`,
  ].join("\n");
}
