import { type Connection, isUnavailable, StatementError } from "../pool/mod.ts";
import type { StepScope } from "../worker/mod.ts";
import { checkConstraints, openSavepoint, releaseSavepoint, undoToSavepoint } from "./queries.ts";
import { type Done, type Settling, settleBets } from "./settle_bets.ts";

/** What was done of several bets, and which could not be settled. */
export interface Isolated extends Done {
  readonly refused: readonly { readonly betId: string; readonly error: unknown }[];
}

const NOTHING: Isolated = {
  settled: 0,
  reversed: 0,
  changed: 0,
  freed: [],
  taken: [],
  debited: [],
  refused: [],
};

/** Settles what can be settled and says what could not. One bad bet among n costs about 2 · log2(n) attempts more. */
export async function settleIsolated(
  connection: Connection,
  settling: Settling,
  scope: StepScope,
): Promise<Isolated> {
  const { bets } = settling;
  const [first] = bets;
  if (first === undefined) return NOTHING;
  await openSavepoint(connection);
  try {
    const done = await settleBets(connection, settling);
    await checkConstraints(connection);
    await releaseSavepoint(connection);
    return { ...done, refused: [] };
  } catch (error) {
    if (!isTheBets(error, scope)) throw error;
    await undoToSavepoint(connection);
    if (bets.length === 1) return { ...NOTHING, refused: [{ betId: first.betId, error }] };
  }
  const middle = Math.ceil(bets.length / 2);
  const one = await settleIsolated(connection, { ...settling, bets: bets.slice(0, middle) }, scope);
  const other = await settleIsolated(connection, { ...settling, bets: bets.slice(middle) }, scope);
  return {
    settled: one.settled + other.settled,
    reversed: one.reversed + other.reversed,
    changed: one.changed + other.changed,
    freed: [...one.freed, ...other.freed],
    taken: [...one.taken, ...other.taken],
    debited: [...one.debited, ...other.debited],
    refused: [...one.refused, ...other.refused],
  };
}

/** Whether the failure is a bet's own: what speaks of the database, of a conflict or of a stop says nothing about it. */
function isTheBets(error: unknown, { signal }: StepScope): boolean {
  if (signal.aborted || isUnavailable(error)) return false;
  return !(error instanceof StatementError && error.isConflict);
}

/** What is stored of a failure: an error's own stable code; of a refused statement its SQLSTATE and constraint. */
export function failureOf(error: unknown): string {
  if (error instanceof StatementError)
    return `${error.sqlState} ${error.constraint ?? ""}`.trim().slice(0, 120);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return String(code ?? (error instanceof Error ? error.name : "unknown")).slice(0, 120);
}
