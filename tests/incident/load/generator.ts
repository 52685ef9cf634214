import { type Clock, sleep } from "../../../src/resilience/mod.ts";
import type { Arrival } from "./arrivals.ts";
import { judge, type Outcome } from "./outcome.ts";
import { openSender, type Sender } from "./sender.ts";

export interface LoadOptions {
  readonly hostname: string;
  readonly port: number;
  readonly arrivals: readonly Arrival[];
  readonly durationMs: number;
  /** Between two questions of the platform, each asked whether or not the one before was answered. */
  readonly healthEveryMs: number;
  /** How long a client waits before it gives up, from the scheduled time. */
  readonly clientDeadlineMs: number;
  readonly connectionsMax: number;
}

export interface LoadResult {
  readonly outcomes: readonly Outcome[];
  /** The latest that any request left after its scheduled time: how far the generator itself fell behind. */
  readonly latestMs: number;
  readonly connectionsMost: number;
}

const HEALTH_PATH = "/healthz";
/** A private address, as the checks of a platform carry it: health must be answered for any Host. */
const CHECK_HOST = "172.19.13.2:8080";

/** A schedule for one server, ready to begin. */
export interface PreparedLoad extends Disposable {
  /** Sends it and waits for every outcome. Returns when the last request is answered or given up. */
  run(): Promise<LoadResult>;
}

/**
 * Everything that is no part of the schedule is done before it begins: whatever a generator does for the first time takes it longer, and
 * would be taken for the server's delay.
 */
export async function prepareLoad(options: LoadOptions, { clock }: { clock: Clock }): Promise<PreparedLoad> {
  const { clientDeadlineMs, connectionsMax, durationMs, healthEveryMs, hostname, port } = options;
  using opened = new DisposableStack();
  const visitors = opened.use(openSender({ hostname, port, connectionsMax }, { clock }));
  const platform = opened.use(
    openSender({ hostname, port, connectionsMax: 256, host: CHECK_HOST }, { clock }),
  );
  const requests = [...options.arrivals.map(visitOf), ...checks({ durationMs, healthEveryMs })];
  requests.sort((a, b) => a.atMs - b.atMs);
  for (const sender of [visitors, platform])
    await sender.send(HEALTH_PATH, { deadlineAt: clock.now() + clientDeadlineMs });
  const owned = opened.move();
  return {
    run: () => runLoad(requests, { visitors, platform, clientDeadlineMs, clock }),
    [Symbol.dispose]: () => owned.dispose(),
  };
}

interface Generator {
  readonly visitors: Sender;
  readonly platform: Sender;
  readonly clientDeadlineMs: number;
  readonly clock: Clock;
}

async function runLoad(
  requests: readonly Request[],
  { clientDeadlineMs, clock, platform, visitors }: Generator,
): Promise<LoadResult> {
  const startedAt = clock.now();
  const pending: Promise<Outcome>[] = [];
  let latestMs = 0;
  let connectionsMost = 0;

  const ask = async (sender: Sender, request: Request): Promise<Outcome> => {
    const scheduledAt = startedAt + request.atMs;
    latestMs = Math.max(latestMs, clock.now() - scheduledAt);
    const reply = await sender.send(request.path, { deadlineAt: scheduledAt + clientDeadlineMs });
    return judge(reply, { ...request, tookMs: clock.now() - scheduledAt });
  };
  for (const request of requests) {
    // Requests that fall due while the timer sleeps leave together: the schedule is kept to about a millisecond.
    while (startedAt + request.atMs > clock.now()) await sleep(1, { clock });
    pending.push(ask(request.audience === "health" ? platform : visitors, request));
    connectionsMost = Math.max(connectionsMost, visitors.connections);
  }
  return { outcomes: await Promise.all(pending), latestMs: Math.round(latestMs), connectionsMost };
}

interface Request {
  readonly audience: Outcome["audience"];
  readonly atMs: number;
  readonly path: string;
  readonly slug?: string;
}

function visitOf({ atMs, audience, slug }: Arrival): Request {
  return { atMs, audience, slug, path: themePath(slug) };
}

function checks({ durationMs, healthEveryMs }: { durationMs: number; healthEveryMs: number }): Request[] {
  const count = Math.ceil(durationMs / healthEveryMs);
  return Array.from({ length: count }, (_, index) => ({
    atMs: index * healthEveryMs,
    audience: "health" as const,
    path: HEALTH_PATH,
  }));
}

/** The route of the incident, in the path form. */
export function themePath(slug: string): string {
  return `/${slug}/api/public/load-theme`;
}
