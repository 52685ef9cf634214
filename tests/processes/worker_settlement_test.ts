import { expect, setDefaultTimeout, test } from "bun:test";
import { resolve } from "node:path";
import { openSession } from "../../src/pool/mod.ts";
import { openHouse } from "../bets/betting_house.ts";
import { findFreePort, openDatabase, openFaultProxy } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";

setDefaultTimeout(60_000);

const ENTRY = resolve(import.meta.dir, "../../src/processes/worker_settlement.ts");

/** The worker as its process group runs it. Disposing kills it if it still lives. */
async function startWorker(env: Record<string, string>) {
  const port = await findFreePort();
  const child = Bun.spawn([process.execPath, ENTRY], {
    env: {
      PATH: Bun.env["PATH"] ?? "",
      HOST: "127.0.0.1",
      METRICS_PORT: `${port}`,
      SETTLEMENT_POLL_INTERVAL: "0.05",
      ...env,
    },
    stdout: "pipe",
    stderr: "pipe",
  });
  const output = child.stdout.text();
  return {
    child,
    get: (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2000) }),
    /** The names of the events it logged, once it has ended. */
    events: async () =>
      (await output)
        .trim()
        .split("\n")
        .map((line): string => JSON.parse(line).event),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < 20_000; await Bun.sleep(50)) {
    if (await holds().catch(() => false)) return;
  }
  throw new RangeError(`It never came true: ${what}`);
}

test("worker_settlement settles, says how it is, and stops in order", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
  await using worker = await startWorker({ DATABASE_URL: database.url });
  await until("the worker answers", async () => (await worker.get("/healthz")).ok);

  await house.recordResult(eventId, { score: [1, 0] });
  await until("the bet is paid", async () => (await house.balance(seat)).cashMinor === 1125n);
  const metrics = await (await worker.get("/metrics")).text();
  worker.child.kill("SIGTERM");

  expect(await worker.child.exited).toBe(0);
  expect(metrics).toContain('linehold_loop_steps{loop="settlement"}');
  expect(metrics).toContain('linehold_pool_connections_max{pool="settlement"} 5');
  expect(await worker.events()).toEqual([
    "worker_settlement.started",
    "settlement.step_done",
    "process.stopping",
    "process.stopped",
  ]);
  expect(await audit(database)).toEqual([]);
});

test("worker_settlement outlives a database that is away, says so once, and settles what came meanwhile", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "draw", stakeMinor: 100n });
  const upstream = new URL(database.url);
  await using proxy = await openFaultProxy({ hostname: upstream.hostname, port: Number(upstream.port) });
  await proxy.set("reset");
  await using worker = await startWorker({ DATABASE_URL: proxy.through(database.url) });
  await until("the worker answers", async () => (await worker.get("/healthz")).ok);

  await house.recordResult(eventId, { score: [1, 1] });
  await Bun.sleep(1500);
  const alive = await worker.get("/healthz");
  await proxy.set("pass");
  await until("the bet is paid", async () => (await house.balance(seat)).cashMinor === 1270n);
  worker.child.kill("SIGTERM");

  expect(alive.status).toBe(200);
  expect(await worker.child.exited).toBe(0);
  const said = await worker.events();
  expect(said.filter((event) => event === "settlement.step_failed").length).toBe(1);
  expect(said.filter((event) => event === "settlement.recovered").length).toBe(1);
});

test("worker_settlement without a database's address ends with the code for a wrong set-up", async () => {
  await using worker = await startWorker({});

  expect(await worker.child.exited).toBe(78);
  expect(await worker.child.stderr.text()).toContain("DATABASE_URL");
});

test("two workers share the work of one result, and each bet is paid once", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const eventId = await house.addEvent();
  const seats = [];
  for (let count = 0; count < 12; count++) {
    const seat = await house.addPlayer({ depositMinor: 1000n });
    for (let bet = 0; bet < 3; bet++) await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
    seats.push(seat);
  }
  await using _one = await startWorker({ DATABASE_URL: database.url });
  await using _two = await startWorker({ DATABASE_URL: database.url });

  await house.recordResult(eventId, { score: [1, 0] });
  await until("all bets are paid", async () => {
    const [left] = await database.owner<{ open: number }>(
      "select count(*)::integer as open from bets where state = 'open'",
    );
    return left?.open === 0;
  });

  for (const seat of seats)
    expect(await house.balance(seat)).toMatchObject({ cashMinor: 1375n, heldMinor: 0n });
  expect(await audit(database)).toEqual([]);
});

test.each([
  ["hears of them", true],
  ["looks for them", false],
])("worker_settlement wakes for new facts long before its own rest ends: it %s", async (_how, listens) => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
  await using worker = await startWorker({
    DATABASE_URL: database.url,
    ...(listens && { LISTEN_DATABASE_URL: database.url }),
    SETTLEMENT_POLL_INTERVAL: "3600",
  });
  await until("the worker rests", async () => {
    const { loops } = (await (await worker.get("/status")).json()) as {
      readonly loops: Readonly<Record<string, { readonly resting: boolean; readonly steps: number }>>;
    };
    return loops["settlement"]?.resting === true && loops["settlement"].steps > 0;
  });

  await house.recordResult(eventId, { score: [1, 0] });

  await until("the bet is paid", async () => (await house.balance(seat)).cashMinor === 1125n);
  expect(await audit(database)).toEqual([]);
});

test("worker_settlement ends on SIGTERM between two transactions: the one under way is finished, and no other begun", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  // A transaction each.
  const eventIds = [await house.addEvent(), await house.addEvent(), await house.addEvent()];
  for (const eventId of eventIds) await house.place(seat, { eventId, outcome: "home", stakeMinor: 10n });
  await using worker = await startWorker({ DATABASE_URL: database.url });
  await until("the worker answers", async () => (await worker.get("/healthz")).ok);
  const counts = async () => {
    const [row] = await database.owner<{ settled: number; waiting: number }>(
      `select
         (select count(*) from bets where state = 'settled')::integer as settled,
         (select count(*) from pg_locks where relation = 'settlements'::regclass and not granted)::integer as waiting`,
    );
    return row ?? { settled: -1, waiting: -1 };
  };
  // Whoever writes a settlement waits for the gate, its first transaction half done.
  await using gate = await openSession({
    url: database.ownerUrl,
    applicationName: "gate",
    connectTimeoutMs: 5000,
  });
  await gate.query("begin");
  await gate.query("lock table settlements in share mode");
  for (const eventId of eventIds) await house.recordResult(eventId, { score: [1, 0] });
  await until("its first transaction waits", async () => (await counts()).waiting > 0);

  worker.child.kill("SIGTERM");
  await until("it was told", async () => !(await worker.get("/readyz")).ok);
  await gate.query("commit");
  const code = await worker.child.exited;
  const { settled } = await counts();
  await using _next = await startWorker({ DATABASE_URL: database.url });
  await until("the next worker settles the rest", async () => (await counts()).settled === 3);

  expect([code, settled]).toEqual([0, 1]);
  expect(await audit(database)).toEqual([]);
});
