import type { GatedPool, Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import type { StatusPart } from "./status.ts";

/** What an operator can pull, and what of it is in force; nothing of it needs the database. */
export interface Levers {
  /** `/readyz` refuses while it is on; everything is still served. */
  readonly drain: Switch;
  /** While it is on, reads are answered from memory and nothing is loaded. */
  readonly staleOnly: Switch;
  readonly pools: readonly string[];
  /** @throws {RangeError} If there is no such pool or the bounds contradict each other. */
  resize(pool: string, bounds: { readonly max: number; readonly min?: number | undefined }): Resized;
  /** Replaces every connection of one pool, or of all. @throws {RangeError} If there is no such pool. */
  renew(pool?: string): readonly string[];
  /** For the status page. */
  part(): StatusPart;
}

export interface Switch {
  set(on: boolean): void;
  readonly isOn: boolean;
}

export interface Bounds {
  readonly max: number;
  readonly min: number;
}

export interface Resized extends Bounds {
  readonly pool: string;
  readonly before: Bounds;
}

export type LeverEvent =
  | { readonly kind: "lever_switched"; readonly lever: "drain" | "stale-only"; readonly on: boolean }
  | ({ readonly kind: "lever_resized" } & Resized)
  | { readonly kind: "lever_renewed"; readonly pools: readonly string[] };

export interface LeversDeps {
  /** By name, each with the bounds it was opened with. */
  readonly pools: Readonly<
    Record<string, { readonly pool: Pick<Pool, "resize" | "renew">; readonly bounds: Bounds }>
  >;
  /** Before the pool that reads load over. */
  readonly gate: Pick<GatedPool, "shut" | "open">;
  readonly clock: Pick<Clock, "epochMs">;
  /** Told of everything that is pulled. */
  readonly observe: (event: LeverEvent) => void;
}

/** No pool of one process has use for more. */
const CONNECTIONS_MAX = 1000;

/** The levers of one process, none of them pulled. */
export function createLevers({ pools, gate, clock, observe }: LeversDeps): Levers {
  const bounds = new Map(
    Object.entries(pools).map(
      ([
        name,
        {
          bounds: { max, min },
        },
      ]): [string, Bounds] => [name, { max, min }],
    ),
  );
  const resizedAt = new Map<string, number>();
  const names = Object.keys(pools);
  const poolOf = (name: string) => {
    const found = Object.hasOwn(pools, name) ? pools[name] : undefined;
    const now = bounds.get(name);
    if (found !== undefined && now !== undefined) return { pool: found.pool, before: now };
    throw new RangeError(`pool must be one of ${names.join(", ")}: it is "${name}"`);
  };
  const drain = createSwitch(clock, (on) => observe({ kind: "lever_switched", lever: "drain", on }));
  const staleOnly = createSwitch(clock, (on) => {
    if (on) gate.shut();
    else gate.open();
    observe({ kind: "lever_switched", lever: "stale-only", on });
  });
  return {
    drain,
    staleOnly,
    pools: names,
    resize(name, { max, min }) {
      const { pool, before } = poolOf(name);
      const after = { max, min: min ?? Math.min(before.min, max) };
      judge(after);
      pool.resize(after);
      bounds.set(name, after);
      resizedAt.set(name, clock.epochMs());
      const resized = { pool: name, ...after, before };
      observe({ kind: "lever_resized", ...resized });
      return resized;
    },
    renew(name) {
      const renewed = name === undefined ? names : [name];
      for (const each of renewed) poolOf(each).pool.renew();
      observe({ kind: "lever_renewed", pools: renewed });
      return renewed;
    },
    part: () => ({
      detail: {
        drainingSince: instant(drain.since()),
        staleOnlySince: instant(staleOnly.since()),
        pools: Object.fromEntries(bounds),
      },
      words: [
        ...told(
          drain.since(),
          (at) =>
            `Draining since ${at}, as an operator asked: /readyz refuses, everything is still served. POST /drain?off ends it.`,
        ),
        ...told(
          staleOnly.since(),
          (at) =>
            `Serving from memory alone since ${at}, as an operator asked: nothing is loaded. POST /stale-only?off ends it.`,
        ),
        ...[...resizedAt].flatMap(([name, at]) =>
          told(at, (when) => resizedWords(name, bounds.get(name), when)),
        ),
      ],
    }),
  };
}

function createSwitch(clock: Pick<Clock, "epochMs">, act: (on: boolean) => void) {
  let since: number | undefined;
  return {
    get isOn() {
      return since !== undefined;
    },
    since: () => since,
    set(on: boolean) {
      if (on === (since !== undefined)) return;
      since = on ? clock.epochMs() : undefined;
      act(on);
    },
  };
}

function judge({ max, min }: Bounds): void {
  const whole = (value: number, from: number, to: number) =>
    Number.isInteger(value) && value >= from && value <= to;
  if (!whole(max, 1, CONNECTIONS_MAX))
    throw new RangeError(`max must be a whole number from 1 to ${CONNECTIONS_MAX}: it is ${max}`);
  if (!whole(min, 0, max))
    throw new RangeError(`min must be a whole number from 0 to max, ${max}: it is ${min}`);
}

function resizedWords(pool: string, bounds: Bounds | undefined, at: string): string {
  return `The ${pool} pool was resized at ${at} to ${bounds?.max} connections at most, ${bounds?.min} kept open. A restart goes back to DB_MAX_CONN and DB_MIN_CONN.`;
}

function told(epochMs: number | undefined, words: (at: string) => string): string[] {
  const at = instant(epochMs);
  return at === null ? [] : [words(at)];
}

function instant(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : new Date(epochMs).toISOString();
}
