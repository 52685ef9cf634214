// The controls of the last facts: the real settlement with one thought left out of it. Each reads like a mistake somebody could make, settles
// every result that is told once, and balances.
import type { Connection, Pool } from "../../src/pool/mod.ts";
import type { TestDatabase } from "../harness/mod.ts";
import { openStepper, type Stepper } from "./stepping.ts";

/** A line of the statement that claims bets, and what stands there in a settlement that has not thought of it. */
interface Omission {
  readonly of: string;
  readonly instead: string;
}

const OMISSIONS = {
  /** What is paid is paid. */
  "a settler that never corrects": {
    of: "(bets.state = 'open' or (bets.state = 'settled' and bets.settlement_attempts < $11))",
    instead: "(bets.state = 'open' and $11::integer is not null)",
  },
  /** A bet that is void by a window is done with. */
  "a settler that ignores rolled-back windows": {
    of: "bet_legs.event_id = $2\n    \n    and (bets.state",
    instead: "bet_legs.event_id = $2 and bet_legs.cancellation_id is null\n    and (bets.state",
  },
  /** What an outcome comes to outside of any window is no newer after the window than it was before. */
  "a settler that claims by versions alone": {
    of: "or bet_legs.cancellation_id is distinct from outcome_grades.cancellation_id",
    instead: "",
  },
} as const satisfies Readonly<Record<string, Omission>>;

export type NaiveSettler = keyof typeof OMISSIONS;
export const NAIVE_SETTLERS = Object.keys(OMISSIONS) as readonly NaiveSettler[];

/** Such a settler, small-handed as the limits say. */
export function openNaiveStepper(
  database: TestDatabase,
  name: NaiveSettler,
  limits: Parameters<typeof openStepper>[1] = {},
): Stepper {
  const pool = database.pool("linehold_settlement", { overdueMs: 10_000 });
  return openStepper(database, { ...limits, pool: omitting(pool, OMISSIONS[name]) });
}

function omitting(pool: Pool, omission: Omission): Pick<Pool, "lease"> {
  return {
    async lease(options) {
      const lease = await pool.lease(options);
      return {
        connection: rewriting(lease.connection, omission),
        commit: () => lease.commit(),
        [Symbol.asyncDispose]: () => lease[Symbol.asyncDispose](),
      };
    },
  };
}

function rewriting(connection: Connection, { of, instead }: Omission): Connection {
  const rewritten = (text: string) => {
    if (!/\bfor no key update of bets, bet_legs\b/.test(text)) return text;
    // Else the control would be the settlement itself, and prove nothing.
    if (!text.includes(of)) throw new RangeError(`Cannot leave a line out that is not there: "${of}"`);
    return text.replace(of, () => instead);
  };
  return {
    query: (text, values) => connection.query(rewritten(text), values),
    execute: (text, values) => connection.execute(rewritten(text), values),
    copyIn: (text, chunks) => connection.copyIn(text, chunks),
  };
}
