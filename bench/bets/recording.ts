import { type PlaceBetDeps, type PlaceBetRequest, placeBet } from "../../src/bets/mod.ts";
import { requireSession } from "../../src/players/mod.ts";
import type { Connection, Lease, Pool } from "../../src/pool/mod.ts";
import type { Bettor } from "../../tests/bets/crowd.ts";

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The statements of one placement, in the groups in which they leave together: nothing of a group waits for an answer of it. */
export type Recording = readonly (readonly Statement[])[];

/** Places one bet by the service's own verb and keeps what it asked the database, in order. */
export async function recordPlacement(
  request: PlaceBetRequest,
  { bettor, deps }: { readonly bettor: Bettor; readonly deps: Omit<PlaceBetDeps, "identify"> },
): Promise<Recording> {
  const groups: Statement[][] = [];
  let outstanding = 0;
  const note = async <T>(statement: Statement, send: () => Promise<T>): Promise<T> => {
    if (outstanding === 0) groups.push([]);
    outstanding += 1;
    groups.at(-1)?.push(statement);
    try {
      return await send();
    } finally {
      outstanding -= 1;
    }
  };
  const recorded = (real: Lease): Lease => {
    const { connection } = real;
    const noted: Connection = {
      query: (text, values = []) => note({ text, values }, () => connection.query(text, values)),
      execute: (text, values = []) => note({ text, values }, () => connection.execute(text, values)),
      copyIn: connection.copyIn,
    };
    return {
      connection: noted,
      commit: () => note({ text: "commit", values: [] }, () => real.commit()),
      [Symbol.asyncDispose]: () => real[Symbol.asyncDispose](),
    };
  };
  const lease: Pool["lease"] = async (options) => recorded(await deps.pool.lease(options));
  const { tenantId, playerId, sessionId } = bettor;
  await placeBet(request, {
    ...deps,
    pool: { ...deps.pool, lease },
    identify: (connection, { at }) =>
      requireSession(connection, { tenantId, playerId, sessionId }, { at, held: true }),
  });
  return groups;
}
