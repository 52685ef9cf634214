import { openPool, type Pool } from "../../src/pool/mod.ts";
import { type Random, systemClock } from "../../src/resilience/mod.ts";
import { seededRandom } from "../harness/random.ts";
import type { Ground } from "./ground.ts";

/** What came of reads that were left at random moments. */
export interface CancelTally {
  readonly answered: number;
  readonly left: number;
  /** Answers to another's question. */
  readonly wrong: number;
}

const AT_ONCE = 10;
/** Readers leave within so long; a read takes a millisecond and a bit. */
const LEAVE_WITHIN_MS = 16;

class Left extends Error {
  override readonly name = "Left";
}

/**
 * Reads `count` times, ten at once, each reader leaving at a random moment unless it is answered before: waiting for a
 * connection, before its first byte, while the statement runs, or a moment after.
 *
 * @throws Whatever a read throws besides its own leaving.
 */
export async function cancelAtRandom(
  pool: Pool,
  { count, random }: { count: number; random: Random },
): Promise<CancelTally> {
  const tally = { answered: 0, left: 0, wrong: 0 };
  const readOnce = async (number: number) => {
    const leaving = new AbortController();
    const timer = setTimeout(() => leaving.abort(new Left("Left")), random() * LEAVE_WITHIN_MS);
    try {
      await using lease = await pool.lease({ signal: leaving.signal, deadlineMs: 5000 });
      const [row] = await lease.connection.query<{ number: number }>(
        "select $1::int as number, pg_sleep(0.001)",
        [number],
      );
      tally.answered += 1;
      if (row?.number !== number) tally.wrong += 1;
    } catch (error) {
      if (!(error instanceof Left)) throw error;
      tally.left += 1;
    } finally {
      clearTimeout(timer);
    }
  };
  for (let number = 0; number < count; number += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - number);
    await Promise.all(Array.from({ length: size }, (_, i) => readOnce(number + i)));
  }
  return tally;
}

export interface CancelPlay extends CancelTally {
  /** Connections that did not survive it. */
  readonly connectionsClosed: number;
  readonly tookMs: number;
}

/** The same against a pool of four of this ground's own. */
export async function playCancels(ground: Ground, { count }: { count: number }): Promise<CancelPlay> {
  let connectionsClosed = 0;
  await using pool = openPool(
    {
      url: ground.url("direct"),
      role: "linehold_read",
      applicationName: "cancels",
      max: 4,
      min: 4,
      overdueMs: 60_000,
    },
    {
      clock: systemClock,
      random: seededRandom(5),
      observe: ({ type }) => {
        if (type === "connection_closed") connectionsClosed += 1;
      },
    },
  );
  const startedAt = performance.now();
  const tally = await cancelAtRandom(pool, { count, random: seededRandom(42) });
  return { ...tally, connectionsClosed, tookMs: performance.now() - startedAt };
}
