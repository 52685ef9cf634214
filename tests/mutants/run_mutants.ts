import type { Area } from "./areas.ts";
import { listMutants, type MutantsOfFile } from "./list_mutants.ts";
import type { Mutant } from "./mutant.ts";
import { type Files, reachedFrom } from "./reach.ts";
import { type Bounds, openRunner, type Runner } from "./runner.ts";

/** What became of a mutant: `refused` by the compiler, `killed` by a test, by its `time` or memory, or not at all. */
export type Fate = "refused" | "killed" | "time" | "survived";

export interface Tried {
  readonly mutant: Mutant;
  readonly fate: Fate;
  /** The compiler's words, or the test file that killed it. */
  readonly by: string | undefined;
}

/** A fate without what it is of, as it can be kept. */
export interface Remembered extends Pick<Tried, "fate" | "by"> {
  readonly id: string;
}

export interface RunOptions {
  readonly root: string;
  readonly areas: readonly Area[];
  /** How many mutants are tried at once. */
  readonly jobs: number;
  /** Which files, and which mutants of them; all unless said otherwise. */
  readonly isWanted?: (file: string) => boolean;
  readonly only?: ReadonlySet<string>;
  /** What earlier runs have found of a file; and what is to be kept for later ones. Neither is asked where `only` is given. */
  readonly recall?: (file: string) => readonly Remembered[];
  readonly keep?: (file: string, found: readonly Remembered[]) => void;
  /** What a test file may always take, however quick it is without a mutant: 5 unless said otherwise. */
  readonly leastCpuSeconds?: number;
  readonly observe?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

export interface Progress {
  readonly file: string;
  readonly done: number;
  readonly of: number;
  readonly survived: number;
}

/** The tests do not pass as they are, or would not miss a mutant: no fate means anything then. */
export class BaselineError extends Error {
  override readonly name = "BaselineError";
  readonly code = "mutants_baseline";
}

/**
 * Tries every mutant by the test files of its area, those first that killed its neighbours; what the first lets pass must pass the compiler too.
 *
 * @throws {BaselineError} If a test fails without any mutant, or a mutant that nothing is asked of is not found to survive.
 * @throws What `signal` was aborted with, between two mutants; what was kept by then stands.
 */
export async function runMutants(options: RunOptions): Promise<readonly Tried[]> {
  const { root, areas, jobs, only, recall, keep, leastCpuSeconds = 5, observe, signal } = options;
  const { compiler, files } = listMutants(root, areas);
  const wanted = files.map((of) => wantedOf(of, options)).filter(({ mutants }) => mutants.length > 0);
  const found = new Map(
    wanted.map((of) => [of.file, only === undefined ? recalled(of.mutants, recall?.(of.file) ?? []) : []]),
  );
  const todo = wanted
    .map((of) => without(of, found.get(of.file) ?? []))
    .filter((of) => of.mutants.length > 0);
  const of = wanted.reduce((sum, { mutants }) => sum + mutants.length, 0);
  await using scope = new AsyncDisposableStack();
  const runners = Array.from({ length: todo.length === 0 ? 0 : jobs }, () => scope.use(openRunner()));
  const bounds = await baseline(root, runners, { todo, leastCpuSeconds });
  await control(runners, todo);
  for (const { file, area, mutants } of todo) {
    const order = [...area.tests];
    const files = reachedFrom(root, order);
    const refuses = ({ text }: Mutant) => compiler.refuses(file, text);
    const tried = [...(found.get(file) ?? [])];
    found.set(file, tried);
    const queue = mutants.values();
    const work = async (runner: Runner) => {
      for (const mutant of queue) {
        if (signal?.aborted) return;
        const one = await tryMutant(runner, mutant, { order, files, bounds, refuses });
        // What ends the run may have ended the tests too, which would count as a mutant that was noticed.
        if (signal?.aborted) return;
        tried.push(one);
        const all = [...found.values()].flat();
        const survived = all.filter(({ fate }) => fate === "survived").length;
        observe?.({ file, done: all.length, of, survived });
      }
    };
    await Promise.all(runners.map(work));
    if (only === undefined)
      keep?.(
        file,
        tried.map(({ mutant: { id }, fate, by }) => ({ id, fate, by })),
      );
    signal?.throwIfAborted();
    tried.sort((one, other) => one.mutant.start - other.mutant.start);
  }
  return [...found.values()].flat();
}

function wantedOf(of: MutantsOfFile, { isWanted = () => true, only }: RunOptions): MutantsOfFile {
  const mutants = isWanted(of.file) ? of.mutants : [];
  return { ...of, mutants: only === undefined ? mutants : mutants.filter(({ id }) => only.has(id)) };
}

/** What is remembered of these mutants. */
function recalled(mutants: readonly Mutant[], remembered: readonly Remembered[]): readonly Tried[] {
  const byId = new Map(remembered.map((one) => [one.id, one]));
  return mutants.flatMap((mutant) => {
    const found = byId.get(mutant.id);
    return found === undefined ? [] : [{ mutant, fate: found.fate, by: found.by }];
  });
}

function without(of: MutantsOfFile, known: readonly Tried[]): MutantsOfFile {
  const ids = new Set(known.map(({ mutant }) => mutant.id));
  return { ...of, mutants: of.mutants.filter(({ id }) => !ids.has(id)) };
}

/** How many times the work of the same tests without a mutant is taken for one that does not end. */
const TIMES = 5;
const WITHOUT_MUTANT: Bounds = { cpuSeconds: 300, memoryBytes: 3 * 1024 ** 3 };

type BoundsOf = (test: string) => Bounds;

/** The tests pass as they are, and take so long. */
async function baseline(
  root: string,
  [runner]: readonly Runner[],
  { todo, leastCpuSeconds }: { readonly todo: readonly MutantsOfFile[]; readonly leastCpuSeconds: number },
): Promise<BoundsOf> {
  const tests = new Set(todo.flatMap(({ area }) => area.tests));
  const seconds = new Map<string, number>();
  for (const test of tests) {
    if (runner === undefined) break;
    runner.begin(reachedFrom(root, [test]));
    const { outcome, cpuMs, why } = await runner.run(test, WITHOUT_MUTANT);
    if (outcome !== "passed")
      throw new BaselineError(`Cannot try mutants as ${test} does not pass without any: ${why}`);
    seconds.set(test, Math.max(leastCpuSeconds, Math.ceil((cpuMs * TIMES) / 1000)));
  }
  return (test) => ({ ...WITHOUT_MUTANT, cpuSeconds: seconds.get(test) ?? leastCpuSeconds });
}

const EMPTY_TEST = "nothing_is_asked_test.ts";

/** A mutant of which nothing is asked must be found to survive, or every other would count as killed for nothing. */
async function control([runner]: readonly Runner[], [first]: readonly MutantsOfFile[]): Promise<void> {
  const mutant = first?.mutants[0];
  if (runner === undefined || mutant === undefined) return;
  const files = new Map([
    [EMPTY_TEST, 'import { test } from "bun:test";\n\ntest("nothing", () => undefined);\n'],
    [mutant.file, ""],
  ]);
  const { fate } = await tryMutant(runner, mutant, {
    order: [EMPTY_TEST],
    files,
    bounds: () => WITHOUT_MUTANT,
    refuses: () => undefined,
  });
  if (fate !== "survived")
    throw new BaselineError(`Cannot try mutants as one that nothing is asked of does not survive: ${fate}`);
}

/** Tries one mutant, and moves the test file that killed it to the front of `order`. */
async function tryMutant(
  runner: Runner,
  mutant: Mutant,
  {
    order,
    files,
    bounds,
    refuses,
  }: {
    readonly order: string[];
    readonly files: Files;
    readonly bounds: BoundsOf;
    readonly refuses: (mutant: Mutant) => string | undefined;
  },
): Promise<Tried> {
  runner.begin(files, mutant);
  for (const [index, test] of [...order].entries()) {
    const { outcome } = await runner.run(test, bounds(test));
    if (outcome !== "passed") {
      order.splice(order.indexOf(test), 1);
      order.unshift(test);
      return { mutant, fate: outcome === "failed" ? "killed" : "time", by: test };
    }
    // The compiler takes as long as a quick test, and need not be asked about what that kills.
    const why = index === 0 ? refuses(mutant) : undefined;
    if (why !== undefined) return { mutant, fate: "refused", by: why };
  }
  return { mutant, fate: "survived", by: undefined };
}
