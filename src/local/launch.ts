import { randomBytes } from "node:crypto";
import { type Config, ConfigError } from "../config.ts";
import type { Log } from "../log.ts";
import { openPool, type Pool } from "../pool/mod.ts";
import { type Random, systemClock } from "../resilience/mod.ts";
import { migrate } from "../schema/mod.ts";
import { findSilent } from "./_answering.ts";
import { type Claim, claim } from "./_claim.ts";
import { keepKeys, type LocalKeys } from "./_keys_file.ts";
import { childSpecs, type DatabaseUrls } from "./_stack_env.ts";
import { welcomeLines } from "./_welcome.ts";
import { superviseChild } from "./children.ts";
import { type DemoOperator, type DemoSignIn, saveDemoOperators, saveDemoSignIn } from "./demo_access.ts";
import { type DemoPlayer, saveDemoPlayers, startDemoBetting } from "./demo_players.ts";
import { saveDemoTenants } from "./demo_tenants.ts";
import { openEmbeddedPostgres } from "./embedded_postgres.ts";
import type { MergedOutput } from "./merged_output.ts";

const REAL_MONEY = "MONEY must be demo for this: its brands and players are made up, and so is their money";

export interface LaunchOptions {
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the checkout. */
  readonly root: string;
}

export interface LaunchDeps {
  readonly log: Log;
  readonly random: Random;
  readonly output: MergedOutput;
  /** What is opened goes in here and is closed in reverse: the processes before their database. */
  readonly scope: AsyncDisposableStack;
  readonly stopping: AbortSignal;
  /** The stack cannot go on. */
  crash(error: unknown): void;
}

/**
 * Starts the whole stack on this machine, saying each step and its time, and returns when all of it answers.
 *
 * @throws {ConfigError} If money is to be real.
 * @throws {KeysFileError}
 * @throws {AlreadyRunningError} If it runs already with this data directory.
 * @throws {PortTakenError} Naming the settings, before anything was started.
 * @throws {EmbeddedPostgresError}
 * @throws The stopping signal's reason when it aborts in between.
 */
export async function launch(options: LaunchOptions, deps: LaunchDeps): Promise<void> {
  const { config } = options;
  const { log, random, scope, stopping } = deps;
  const began = performance.now();
  const step = stepper(deps);
  if (config.money !== "demo") throw new ConfigError([REAL_MONEY]);
  const claimed = await claim(config, deps);
  const keys = keepKeys(claimed.dataDir);
  const urls = await step("Postgres answers", () => databaseUrls(config, { claimed, deps }));
  await step("Migrations are applied", () => migrate(urls));
  const pool = scope.use(openPool(demoPool(urls), { clock: systemClock, random }));
  const demo = await step("Demo tenants and players are saved", () => saveDemo(pool, { config, keys }));

  const opsToken = config.ops.token?.reveal() ?? randomBytes(18).toString("base64url");
  const together = openGroup(scope);
  together.push(...startProcesses(options, { claimed, urls, keys, opsToken, deps }));
  await step(
    (silent) =>
      silent.length === 0 ? "All processes answer" : `No healthy answer yet from ${silent.join(", ")}`,
    () => findSilent({ config, ports: claimed.ports }, stopping),
  );
  if (simulates(config)) {
    const { priceAgeMaxMs } = config.feeds;
    const betting = { players: demo.players, restMs: 1500, priceAgeMaxMs };
    together.push(startDemoBetting(betting, { pool, clock: systemClock, random, log }));
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const { ports } = claimed;
  log.info("start.ready", `Linehold serves, ${seconds} s after its start`, { ports });
  const shownToken = config.ops.token === undefined ? opsToken : undefined;
  const { operators, signIn } = demo;
  const shown = { ports, embedded: urls.embedded, opsToken: shownToken, operators, signIn };
  const hints = welcomeLines({ host: "localhost", ...shown });
  for (const hint of hints) log.info("start.hint", hint);
}

/** Says each step and how long it took, and goes no further once the stack is to stop. */
function stepper({ log, stopping }: LaunchDeps) {
  return async <T>(what: string | ((result: T) => string), work: () => Promise<T>): Promise<T> => {
    stopping.throwIfAborted();
    const started = performance.now();
    const result = await work();
    stopping.throwIfAborted();
    const tookMs = Math.round(performance.now() - started);
    const said = typeof what === "string" ? what : what(result);
    log.info("start.step_done", `${said} (${tookMs} ms)`, { took_ms: tookMs });
    return result;
  };
}

async function databaseUrls(
  { database }: Config,
  { claimed: { dataDir }, deps: { log, scope } }: { claimed: Claim; deps: LaunchDeps },
): Promise<DatabaseUrls> {
  const given = database.url?.reveal();
  if (given !== undefined) {
    return { loginUrl: given, ownerUrl: database.directUrl?.reveal() ?? given, embedded: false };
  }
  const { loginUrl, ownerUrl, port } = scope.use(await openEmbeddedPostgres({ dataDir }, { log }));
  log.info(
    "start.postgres_embedded",
    `DATABASE_URL is unset: a Postgres of our own runs on 127.0.0.1:${port}`,
    { port, data_dir: dataDir },
  );
  return { loginUrl, ownerUrl, embedded: true };
}

/** For demo tenants, players and their bets: the launcher's own two connections. */
function demoPool({ loginUrl }: DatabaseUrls) {
  return { url: loginUrl, role: "linehold_web", applicationName: "linehold start", max: 2 };
}

/** What is made up for the demonstration, and how to get at it. */
interface Demo {
  readonly players: readonly DemoPlayer[];
  readonly operators: readonly DemoOperator[];
  readonly signIn: DemoSignIn | undefined;
}

async function saveDemo(
  pool: Pool,
  { config, keys }: { readonly config: Config; readonly keys: LocalKeys },
): Promise<Demo> {
  const at = new Date(systemClock.epochMs());
  const tenants = await saveDemoTenants(pool, { at });
  const players = await saveDemoPlayers(pool, { tenants, at });
  const access = { pool, keys, at };
  const operators = await saveDemoOperators(tenants, access);
  // The web process must find the same exclusions.
  const identityKey = Buffer.from(config.players.identityKey?.reveal() ?? keys.identityKey, "base64");
  return { players, operators, signIn: await saveDemoSignIn(tenants, { ...access, identityKey }) };
}

/** Disposed all at once, since each may take its time to stop. */
function openGroup(scope: AsyncDisposableStack): AsyncDisposable[] {
  const group: AsyncDisposable[] = [];
  scope.defer(async () => void (await Promise.all(group.map((member) => member[Symbol.asyncDispose]()))));
  return group;
}

interface Started {
  readonly claimed: Claim;
  readonly urls: DatabaseUrls;
  readonly keys: LocalKeys;
  readonly opsToken: string;
  readonly deps: LaunchDeps;
}

function startProcesses(options: LaunchOptions, { claimed, urls, keys, opsToken, deps }: Started) {
  const { crash, log, output, random } = deps;
  const { dataDir, ports, run } = claimed;
  const onMisconfigured = (name: string) => crash(new MisconfiguredChildError(name));
  const childDeps = { log, random, output, onMisconfigured, onStarted: run.noteChild };
  const specs = childSpecs({ ...options, dataDir, ports, keys, opsToken, loginUrl: urls.loginUrl });
  return specs.map((spec) => superviseChild(spec, childDeps));
}

/** A process of the stack refuses its settings: starting it again would change nothing. */
class MisconfiguredChildError extends Error {
  override readonly name = "MisconfiguredChildError";
  readonly code = "child_misconfigured";

  constructor(child: string) {
    super(`Cannot go on as ${child} refuses its settings`);
  }
}

/** Unless feeds are named, the simulated one is switched on. */
function simulates({ feeds }: Config): boolean {
  return feeds.sources.length === 0 || feeds.sources.includes("simulated");
}
