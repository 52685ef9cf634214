import type { Explained } from "./explained.ts";
import { type Identity, idOf, inShort } from "./mutant.ts";
import type { Fate, Tried } from "./run_mutants.ts";

export interface Survivor extends Identity {
  readonly id: string;
  readonly line: number;
  /** `null` where nobody has explained it: a hole in the tests until somebody does. */
  readonly why: string | null;
}

/** What a run has found. */
export interface Report {
  readonly mutants: number;
  readonly refusedByCompiler: number;
  readonly killed: number;
  /** Ended as they took many times the time, or the memory, of the tests without them. */
  readonly killedByTime: number;
  readonly survived: number;
  readonly unexplained: number;
  readonly files: readonly (Readonly<Record<Fate, number>> & { readonly file: string })[];
  readonly survivors: readonly Survivor[];
  /** Explanations of what did not survive, or is not there any more. */
  readonly outdated: readonly Identity[];
}

type Explanations = Readonly<Record<string, readonly Explained[]>>;

/** The identities that a table explains, each with its reason. */
export function explanationsOf(table: Explanations): { readonly identity: Identity; readonly why: string }[] {
  return Object.entries(table).flatMap(([file, explained]) =>
    explained.map(({ why, occurrence = 1, ...rest }) => ({ identity: { file, ...rest, occurrence }, why })),
  );
}

/**
 * Holds what was found against what is explained.
 *
 * @param isWhole Whether all mutants of the files in it were tried; else an explanation is outdated only if its mutant was, and died.
 */
export function reportOf(
  tried: readonly Tried[],
  { table, isWhole }: { readonly table: Explanations; readonly isWhole: boolean },
): Report {
  const explanations = new Map(explanationsOf(table).map((one) => [idOf(one.identity), one]));
  const survivors = tried
    .filter(({ fate }) => fate === "survived")
    .map(({ mutant: { text: _text, start: _start, ...mutant } }) => ({
      ...mutant,
      why: explanations.get(mutant.id)?.why ?? null,
    }));
  const alive = new Set(survivors.map(({ id }) => id));
  const seen = new Set(tried.map(({ mutant }) => (isWhole ? mutant.file : mutant.id)));
  const outdated = [...explanations]
    .filter(([id, { identity }]) => !alive.has(id) && seen.has(isWhole ? identity.file : id))
    .map(([, { identity }]) => identity);
  const byFile = Map.groupBy(tried, ({ mutant }) => mutant.file);
  const { refused, killed, time, survived } = countFates(tried);
  return {
    mutants: tried.length,
    refusedByCompiler: refused,
    killed,
    killedByTime: time,
    survived,
    unexplained: survivors.filter(({ why }) => why === null).length,
    files: [...byFile].map(([file, ofFile]) => ({ file, ...countFates(ofFile) })),
    survivors,
    outdated,
  };
}

function countFates(tried: readonly Tried[]): Record<Fate, number> {
  const counts: Record<Fate, number> = { refused: 0, killed: 0, time: 0, survived: 0 };
  for (const { fate } of tried) counts[fate] += 1;
  return counts;
}

/** A report for people: each file, each survivor with its reason, and what fails the run. */
export function inWords(report: Report): string {
  const { mutants, refusedByCompiler, killed, killedByTime, survived, unexplained } = report;
  return [
    ...report.files.map((of) => {
      const counts = `${of.killed + of.time} killed, ${of.refused} refused, ${of.survived} survived`;
      return `${of.file}: ${counts}`;
    }),
    ...report.survivors.map(
      (
        one,
      ) => `${one.why === null ? "UNEXPLAINED" : "survived"} ${one.id} ${one.file}:${one.line} ${inShort(one)}
    ${one.why ?? "no test notices, and nobody says why not"}`,
    ),
    ...report.outdated.map(
      (one) => `OUTDATED ${one.file} ${inShort(one)}\n    explained, and does not survive`,
    ),
    `${mutants} mutants: ${refusedByCompiler} refused by the compiler, ${killed} killed by a test, ${killedByTime} by their time or memory,`,
    `${survived} survived, of which ${unexplained} are not explained; ${report.outdated.length} explanations are outdated`,
  ].join("\n");
}
