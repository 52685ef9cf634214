/**
 * `bun run faults:reads`: the fault matrix. A developer's command: what it runs lives with the tests, and neither is in
 * the image.
 */

import {
  type CancelPlay,
  FAULTS,
  type FaultName,
  type Finding,
  type Ground,
  HANG,
  type HangPlay,
  type HangResult,
  idleGuards,
  nameOf,
  openGround,
  playCancels,
  playGuards,
  playHang,
  playMatrix,
  redCells,
  renderGuards,
  renderMatrix,
} from "../../tests/faults/mod.ts";
import { EXIT, runCommand, UsageError } from "./_command_line.ts";

const HELP = `Usage: bun run faults:reads [--fault NAME]... [--guards] [--hang SECONDS] [--cancels COUNT] [--json]

Plays the real pool and the real read pipeline through every fault, in every state, direct and through PgBouncer, against a
Postgres started for it, and prints a line for each cell: what readers were given, the longest any of them waited, and when
everything was fresh again. About a minute.

  --fault NAME     only this fault; may be given again (${FAULTS.join(", ")})
  --guards         instead, takes the guards away one by one and shows what turns red
  --hang SECONDS   instead, a pool of ${HANG.max} whose every statement hangs, beside a naive one
  --cancels COUNT  instead, so many reads that are left at random moments
  --json           prints one JSON object
  --help           this text

Exit codes: 0 all is green, 1 something is red, 64 wrong arguments.`;

interface Results {
  readonly cells?: readonly Finding[];
  readonly guards?: readonly Finding[];
  readonly hang?: HangPlay;
  readonly cancels?: CancelPlay;
}

await runCommand({
  name: "faults:reads",
  help: HELP,
  options: {
    fault: { type: "string", multiple: true },
    guards: { type: "boolean" },
    hang: { type: "string" },
    cancels: { type: "string" },
    json: { type: "boolean" },
  },
  async run({ fault, guards, hang, cancels, json }) {
    const faults = fault?.map(faultNamed);
    const hangS = whole("hang", hang, 600);
    const count = whole("cancels", cancels, 10_000_000);
    if ([guards, hangS, count].filter(Boolean).length > 1)
      throw new UsageError("Ask for one of --guards, --hang and --cancels at a time");
    await using ground = await openGround();
    const asked = { ...(faults === undefined ? {} : { faults }), signal: stopSignal(), onFault: sayFault };
    const results: Results =
      hangS !== undefined
        ? { hang: await playHang(ground, { forMs: hangS * 1000 }) }
        : count !== undefined
          ? { cancels: await playCancels(ground, { count }) }
          : guards === true
            ? { guards: await playGuards(ground, asked) }
            : { cells: await playMatrix(ground, asked) };
    clearLine();
    process.stdout.write(`${json === true ? JSON.stringify(asData(results)) : render(results, ground)}\n`);
    return isGreen(results) ? EXIT.done : EXIT.failed;
  },
});

function faultNamed(name: string): FaultName {
  const found = FAULTS.find((fault) => fault === name);
  if (found === undefined)
    throw new UsageError(`There is no fault "${name}": choose from ${FAULTS.join(", ")}`);
  return found;
}

function whole(name: string, value: string | undefined, max: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= 1 && number <= max))
    throw new UsageError(`--${name} must be a whole number from 1 to ${max}: it is "${value}"`);
  return number;
}

function isGreen({ cells = [], guards = [], hang, cancels }: Results): boolean {
  return (
    redCells([...cells, ...guards]).length === 0 &&
    idleGuards(guards).length === 0 &&
    (hang === undefined || hang.guarded.backendsMost <= HANG.max) &&
    (cancels === undefined || (cancels.wrong === 0 && cancels.connectionsClosed === 0))
  );
}

function render(results: Results, { routes }: Ground): string {
  const { cells, guards, hang, cancels } = results;
  const parts: string[] = [];
  if (cells !== undefined) parts.push(renderMatrix(cells));
  if (cells !== undefined && !routes.includes("pooled"))
    parts.push("Skipped every cell through PgBouncer: it is not installed");
  if (guards !== undefined) {
    parts.push(renderGuards(guards));
    for (const { cast, faults } of redCells(guards))
      parts.push(`RED with every guard in place: ${nameOf(cast.cell)}: ${faults.join("; ")}`);
    for (const guard of idleGuards(guards)) parts.push(`RED: nothing turns red without ${guard}`);
  }
  if (hang !== undefined) {
    const row = (name: string, { backendsMost, givenUp, looks }: HangResult) =>
      `${name}  ${backendsMost} backends at most, in ${looks} looks; ${givenUp} statements given up`;
    parts.push(
      `pools of ${HANG.max}, every statement hanging`,
      row("guarded", hang.guarded),
      row("pg.Pool", hang.naive),
    );
  }
  if (cancels !== undefined) {
    const { answered, connectionsClosed, left, tookMs, wrong } = cancels;
    const rest = `${wrong} wrong answers, ${connectionsClosed} connections lost, ${(tookMs / 1000).toFixed(1)} s`;
    parts.push(`${answered + left} reads, ${left} left on the way: ${rest}`);
  }
  return parts.join("\n");
}

/** Findings without what is only of use inside. */
function asData({ cells, guards, ...rest }: Results): object {
  const plain = (findings: readonly Finding[]) =>
    findings.map(({ cast, ...finding }) => ({
      ...cast.cell,
      ...(cast.without === undefined ? {} : { without: cast.without }),
      ...finding,
    }));
  return {
    ok: isGreen({ ...(cells && { cells }), ...(guards && { guards }), ...rest }),
    ...(cells && { cells: plain(cells) }),
    ...(guards && { guards: plain(guards) }),
    ...rest,
  };
}

function sayFault(fault: FaultName): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${fault} …`);
}

function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
}

/** Ctrl-C ends the run after the fault under way, so that what was started for it is ended too. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new DOMException("Stopped by a signal", "AbortError"));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return stopping.signal;
}
