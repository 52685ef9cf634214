import { runAudit } from "../../../src/commands/_audit_run.ts";
import type { Random } from "../../../src/resilience/mod.ts";
import { openDatabase, type TestDatabase } from "../../harness/test_database.ts";
import { audit } from "../audit.ts";
import { type Books, countDoublePayments, readBooks } from "./books.ts";
import { reasonsOf } from "./boundaries.ts";
import { openScene } from "./scene.ts";
import { countDebts, type Debts } from "./spenders.ts";
import type { Story } from "./story.ts";
import { openTeller, type Teller } from "./teller.ts";
import { bundleVictim, REAL, startVictim, type VictimOptions } from "./victim.ts";
import type { Walk } from "./walk.ts";

export interface RunOptions {
  /** 0 lets every settler live. */
  readonly kills: number;
  /** So many at most, as long as there are boundaries at which nobody has died. */
  readonly killsMax: number;
  /** Settlers at once; a killed one is replaced. */
  readonly workers: number;
  readonly script: string;
  readonly walk: Walk;
  readonly random: Random;
  /** Whether an event may be told wrongly and rightly again as long as there are kills to come. */
  readonly forEver: boolean;
  readonly observe: (kills: number) => void;
}

/** What one run of a story came to. */
export interface Run {
  readonly books: Books;
  readonly doublePayments: number;
  /** Broken promises of the ledger, and of the settlers. */
  readonly faults: readonly string[];
  readonly told: number;
  readonly debts: Debts;
  readonly kills: Kills;
  readonly tookMs: number;
}

interface Kills {
  total: number;
  atBoundaries: number;
  atRandom: number;
}

/** How long a settler may take to come to its place. It is killed then all the same: at a random moment. */
const PATIENCE_MS = 3000;
/** Most of a life that ends at random: a few batches. */
const LIFE_MS = 300;
/** Of all lives, those that end at random. */
const AT_RANDOM = 0.3;
/** So long may nothing more be told, as what was told is not settled, once nobody is killed any more. */
const REST_MS = 120_000;

/** Plays a story over a database of its own: settlers are killed as often as is asked for, then others finish what is left. */
export async function playRun(story: Story, options: RunOptions): Promise<Run> {
  const { random, workers, walk, script } = options;
  await using database = await openDatabase();
  const scene = await openScene(database, story);
  const teller = openTeller({ database, scene, story }, { random, marksJobs: script === REAL });
  await using bundled = await bundleVictim(script);
  const victim = { script: bundled, database, onPlace: walk.learn };
  const startedAt = performance.now();
  const killed = await killInTurn(victim, { ...options, tell: teller.tell });

  const faults = [...killed.faults];
  await using living = new AsyncDisposableStack();
  const settlers = [];
  for (let count = 0; count < workers; count++) settlers.push(living.use(await startVictim(victim)));
  for (
    let [told, since] = [-1, 0];
    (await teller.tell({ forEver: false, sought: [] })) === "more";
    await Bun.sleep(20)
  ) {
    if (teller.told !== told) [told, since] = [teller.told, performance.now()];
    if (performance.now() - since < REST_MS) continue;
    faults.push(`what was told is not settled after ${REST_MS / 1000} s without a kill`);
    break;
  }
  for (const settler of settlers) {
    const gone = await settler.stop();
    // The naive one knows no signals.
    if (gone !== "0" && script === REAL) faults.push(`a settler that was asked to stop ended with ${gone}`);
  }
  const tenants = [...new Set(scene.seats.map(({ tenantId }) => tenantId))];
  return {
    books: await readBooks(database, scene.seats),
    doublePayments: await countDoublePayments(database),
    faults: [...faults, ...(await findBroken(database, tenants))],
    told: teller.told,
    debts: await countDebts(database),
    kills: killed.kills,
    tookMs: Math.round(performance.now() - startedAt),
  };
}

/** Broken promises, by the tests' own statements and by those of the audit that operators run. */
async function findBroken(database: TestDatabase, tenantIds: readonly string[]): Promise<string[]> {
  const broken = await audit(database);
  const tenants = tenantIds.map((tenantId, index) => ({ tenantId, slug: `tenant ${index}` }));
  const pool = database.pool("linehold_web", { max: 1 });
  const { breaches } = await runAudit(pool, { tenants, deadlineMs: 60_000, progress: () => undefined });
  return [
    ...broken.map(({ fault, subject }) => `${fault}: ${subject}`),
    ...breaches.map(({ invariant, subject, detail }) => `${invariant}: ${subject}: ${detail}`),
  ];
}

type Killing = RunOptions & {
  readonly tell: Teller["tell"];
};

async function killInTurn(
  victim: VictimOptions,
  { kills: wanted, killsMax, workers, walk, random, forEver, tell, observe }: Killing,
): Promise<{ readonly kills: Kills; readonly faults: readonly string[] }> {
  const kills = { total: 0, atBoundaries: 0, atRandom: 0 };
  const faults: string[] = [];
  if (wanted === 0) return { kills, faults };
  let over = false;
  const dieInTurn = async () => {
    // Those that live now are counted with those that are dead: all of them will be.
    const isWanted = () => begun < wanted || (begun < killsMax && walk.kindsLeft().length > 0);
    for (let alive = true; alive && !over && isWanted(); ) {
      begun += 1;
      // More than are wanted only look for what is left.
      const hunts = begun > wanted;
      const wish = !hunts && random() < AT_RANDOM ? undefined : walk.next({ hunts });
      await using settler = await startVictim({ ...victim, ...(wish && { wish }) });
      const lifeMs = wish === undefined ? random() * LIFE_MS : PATIENCE_MS;
      const gone = await Promise.race([settler.gone, Bun.sleep(lifeMs)]);
      alive = gone === undefined || gone === "SIGKILL";
      if (!alive) {
        faults.push(`a settler ended by itself with ${gone}`);
        continue;
      }
      await settler.kill();
      const at = await settler.diedAt();
      if (at !== undefined) walk.died(at);
      else if (wish !== undefined) walk.missed(wish);
      kills[at === undefined ? "atRandom" : "atBoundaries"] += 1;
      kills.total += 1;
      observe(kills.total);
    }
  };
  let begun = 0;
  const dying = Promise.all(Array.from({ length: workers }, dieInTurn)).finally(() => {
    over = true;
  });
  const sought = () => reasonsOf(walk.kindsLeft());
  while (!over && (await tell({ forEver, sought: sought() })) === "more") await Bun.sleep(20);
  over = true;
  await dying;
  return { kills, faults };
}
