import { kill } from "../../src/local/mod.ts";
import { createPlayerTokens } from "../../src/players/mod.ts";
import { openPool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { TEST_PLAYERS } from "../app/players.ts";
import { findFreePort } from "../harness/ports.ts";
import { openIncidentDatabase } from "../incident/database.ts";
import {
  arrangeCrowd,
  type Bettor,
  bodyOf,
  CROWD_ENV,
  type Crowd,
  findCrowdFaults,
  type Owner,
} from "./crowd.ts";
import { AnswerLostError, createCrowdClient } from "./crowd_client.ts";
import { startKilledWeb } from "./killed_web.ts";

export interface KillsOptions {
  /** How many bets are placed, each under a key of its own. */
  readonly placements: number;
  readonly clients: number;
  /**
   * After so many keys more are answered, at random between the two, a process is killed: Postgres and the web in turn. Counted in keys and
   * not in time, so that a quick machine is killed as often as a slow one.
   */
  readonly killEvery: readonly [least: number, most: number];
  readonly random: () => number;
  /** The control: clients that ask again under another key, as if there were none. */
  readonly forgetKeys?: boolean;
  /** Told how many keys are answered, and how often something was killed. */
  readonly observe?: (progress: { readonly answered: number; readonly kills: number }) => void;
}

/** What came of it, by what the clients know and by what the ledger holds. */
export interface KillsFound {
  readonly placements: number;
  readonly kills: { readonly web: number; readonly postgres: number };
  /** Requests that were sent again, as nothing or a 503 was answered. */
  readonly repeated: number;
  /** Keys whose last answer was a bet, or a refusal. */
  readonly accepted: number;
  /** That the ledger holds. */
  readonly bets: number;
  /** By code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Keys of which the ledger says otherwise than the client was told, in words. */
  readonly wrong: readonly string[];
  /** Broken promises of the ledger. */
  readonly faults: readonly string[];
  readonly tookMs: number;
}

/** What a client that knows nothing but its key was told at last. */
interface Told {
  readonly bettor: Bettor;
  readonly key: string;
  readonly status: number;
  readonly text: string;
}

/** A stake above what is taken: its key must have no bet, however often its request was lost. */
const TOO_MUCH_EVERY = 20;
const TOO_MUCH_MINOR = 100_001;

/**
 * Places so many bets over HTTP while the web process and Postgres are killed at random moments (SIGKILL both). A client speaks only
 * HTTP and keeps to its key until it is answered with a bet or a refusal; then the ledger is asked whether each was told the truth.
 */
export async function playKills(options: KillsOptions): Promise<KillsFound> {
  const { placements, clients, killEvery, random, observe, forgetKeys = false } = options;
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await openIncidentDatabase());
  await migrate(database.postgres);
  const { loginUrl } = database.postgres;
  const crowd = await arrange(database.owner, loginUrl, clients);
  const port = await findFreePort();
  const env = {
    ...CROWD_ENV,
    DATABASE_URL: loginUrl,
    HOST: "127.0.0.1",
    PORT: `${port}`,
    METRICS_PORT: `${await findFreePort()}`,
    DB_MAX_CONN: "10",
    DB_WRITE_CONN: "8",
    DB_MIN_CONN: "2",
  };
  const web = opened.use(await startKilledWeb(env));
  const tokens = createPlayerTokens(TEST_PLAYERS.tokenKeys, { clock: systemClock });
  const kills = { web: 0, postgres: 0 };
  const told: Told[] = [];
  let repeated = 0;
  let next = 0;
  const startedAt = performance.now();
  const bet = async (bettor: Bettor) => {
    using client = createCrowdClient(port);
    let { bearer } = bettor;
    while (next < placements) {
      const number = next++;
      const slip = {
        key: `bet-${number}`,
        eventId: crowd.eventIds[0] ?? "",
        outcome: number % 2 === 0 ? ("home" as const) : ("away" as const),
        stakeMinor: number % TOO_MUCH_EVERY === 0 ? TOO_MUCH_MINOR : 100 + (number % 97),
      };
      const request = { key: slip.key, body: bodyOf(slip) };
      for (let answer: Told | undefined; answer === undefined; ) {
        const sent = { ...request, bearer, ...(forgetKeys && { key: crypto.randomUUID() }) };
        answer = await client.post(`/${bettor.slug}/api/bets`, sent).then(
          async ({ status, text }) => {
            // Access tokens live five minutes: whoever bets longer asks for another.
            if (status === 401) ({ accessToken: bearer } = await tokens.issue(bettor));
            return isLast(status, text) ? { bettor, key: sent.key, status, text } : undefined;
          },
          (error: unknown) => {
            if (!(error instanceof AnswerLostError)) throw error;
            return undefined;
          },
        );
        if (answer === undefined) {
          repeated += 1;
          await Bun.sleep(20 + random() * 60);
        } else told.push(answer);
      }
    }
  };

  const killing = new AbortController();
  const betting = Promise.all(crowd.bettors.map(bet)).finally(() => killing.abort());
  const [least, most] = killEvery;
  const playing = (async () => {
    for (let turn = 0; !killing.signal.aborted; turn += 1) {
      const from = told.length + least + random() * (most - least);
      while (told.length < from && !killing.signal.aborted) await Bun.sleep(1);
      await Bun.sleep(random() * 20);
      if (killing.signal.aborted) return;
      if (turn % 2 === 0) {
        kills.web += 1;
        await web.killAndRestart();
      } else {
        // It comes back as soon as its supervisor has seen it gone; while it is still away there is nothing to kill.
        const fault = await kill(database.postgres, { forMs: 1 }).catch(() => undefined);
        await fault?.[Symbol.asyncDispose]();
        if (fault !== undefined) kills.postgres += 1;
      }
      observe?.({ answered: told.length, kills: kills.web + kills.postgres });
    }
  })();
  await betting;
  await playing;
  const tookMs = performance.now() - startedAt;
  await untilReachable(database.owner);
  const wrong = await findWrong(database.owner, told);
  const [row] = await database.owner.query<{ bets: number }>("select count(*)::integer as bets from bets");
  return {
    placements,
    kills,
    repeated,
    accepted: told.filter(({ status }) => status === 201).length,
    bets: row?.bets ?? 0,
    refused: countCodes(told),
    wrong,
    faults: await findCrowdFaults(database.owner),
    tookMs,
  };
}

async function arrange(owner: Owner, url: string, clients: number): Promise<Crowd> {
  await using pool = openPool(
    { url, role: "linehold_web", applicationName: "kills", max: 1, overdueMs: 20_000 },
    { clock: systemClock, random: Math.random },
  );
  return await arrangeCrowd(owner, pool, {
    tenants: 2,
    playersEach: Math.ceil(clients / 2),
    depositMinor: 80_000_000n,
    eventMaxMinor: 1_000_000_000_000n,
    drawMaxMinor: 1n,
  });
}

/** The betting may end while Postgres is still on its way back from the last kill: nothing is said of bets before it answers. */
async function untilReachable(owner: Owner): Promise<void> {
  for (const endsAt = performance.now() + 20_000; ; await Bun.sleep(50)) {
    try {
      await owner.query("select 1");
      return;
    } catch (error) {
      if (performance.now() > endsAt) throw error;
    }
  }
}

function countCodes(told: readonly Told[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, text } of told) {
    if (status === 201) continue;
    const code = /"code":"([a-z_]+)"/.exec(text)?.[1] ?? `${status}`;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** Whether an answer ends a key's story: a bet, or a refusal of the bet itself. */
function isLast(status: number, text: string): boolean {
  if (status === 201) return true;
  if (status === 503 || text.includes('"request_in_progress"')) return false;
  return status >= 400 && status < 500 && status !== 401;
}

/** Each key against the ledger: told of a bet, exactly that one with one hold; told of none, nothing at all. */
async function findWrong(owner: Owner, told: readonly Told[]): Promise<string[]> {
  const rows = await owner.query<{ key: string; answer: string; holds: number }>(
    `select
       bets.idempotency_key as key,
       bet_answers.answer,
       (select count(*)::integer from transfers
        where transfers.tenant_id = bets.tenant_id and transfers.bet_id = bets.bet_id and kind = 'stake') as holds
     from bets
     left join bet_answers using (tenant_id, bet_id)`,
  );
  const byKey = Map.groupBy(rows, ({ key }) => key);
  return told.flatMap(({ key, status, text }) => {
    const bets = byKey.get(key) ?? [];
    const [bet] = bets;
    if (status !== 201) return bets.length === 0 ? [] : [`${key} was refused and has ${bets.length} bets`];
    if (bets.length !== 1 || bet === undefined) return [`${key} was placed and has ${bets.length} bets`];
    if (bet.holds !== 1) return [`${key} holds its stake ${bet.holds} times`];
    return bet.answer === text ? [] : [`${key} was told another bet than its own`];
  });
}
