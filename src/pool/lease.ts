import type { Breaker, BreakerCall, Clock, Criticality } from "../resilience/mod.ts";
import type { Connection } from "./connection.ts";
import { type CopyIn, startCopyIn } from "./copy.ts";
import { CommitUnknownError, DatabaseSlowError, isUnavailable, StatementError } from "./errors.ts";
import { classify, classifyFrame } from "./signatures.ts";
import type { Slot } from "./slot.ts";
import type { Slots } from "./slots.ts";
import { rawConnection } from "./wire.ts";

/** A connection for the length of a scope, inside one transaction, until one deadline. */
export interface Lease extends AsyncDisposable {
  readonly connection: Connection;
  /**
   * Makes a write lease's changes true. Without it they are rolled back.
   *
   * @throws {CommitUnknownError} If the answer was lost: read the transaction's own key back.
   * @throws {StatementError} If the server refused the commit; 25P02 if a statement had failed before.
   */
  commit(): Promise<void>;
}

export interface LeaseOptions {
  /** `read` (default): a read-only transaction. `write`: one that must be committed. */
  readonly access?: "read" | "write";
  /** Whose rows row-level security shows, unset shows none; and whose fair share of the pool this is. */
  readonly tenantId?: string;
  /** Who is served first when connections are short; `catalogue` by default. */
  readonly criticality?: Criticality;
  /** From now on, for waiting and for every statement together; the pool's own by default. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Whether the scope's end waits until a read's transaction is over on the server too; by default nobody waits for its COMMIT. */
  readonly waitsForEnd?: boolean;
}

export interface LeaseDeps {
  readonly slots: Slots;
  readonly clock: Clock;
  readonly breaker: Breaker;
  readonly role: string;
  /** On `clock.now()`. */
  readonly deadlineAt: number;
  /** Called once, when the scope ends. */
  readonly onReturned: () => void;
}

// The frame's settings are the transaction's own (SET LOCAL): nothing of them outlives it, also behind a pooler.
const FRAME = `
  select
    set_config('role', $1, true),
    set_config('app.tenant', $2, true),
    set_config('statement_timeout', $3, true),
    set_config('idle_in_transaction_session_timeout', $4, true)`;

/** Longer than the deadline, so that a live borrower never meets it; it ends the transaction of a frozen process. */
const IDLE_GRACE_MS = 5000;
/** The server ends a statement this much before we stop waiting: its answer then finds us, and the connection is kept. */
const SERVER_LEAD_MS = 20;
/** How long the answer to the closing COMMIT or ROLLBACK may take before the connection is given up. */
const CLOSING_MS = 1000;

/** Wraps a taken slot. BEGIN and the settings travel with the first statement: one round trip for all. */
export function openLease(slot: Slot, options: LeaseOptions, deps: LeaseDeps): Lease {
  const { access = "read", tenantId = "", signal, waitsForEnd = access === "write" } = options;
  const { slots, clock, deadlineAt } = deps;
  const raw = rawConnection(slot.client);
  const remainingMs = () => Math.max(0, deadlineAt - clock.now());
  let frame: Promise<unknown> | undefined;
  /** A statement that was left behind while the server may still run it. */
  let left: Promise<unknown> | undefined;
  /** Rows on their way: until they have arrived, nothing else may be sent. */
  let copying: CopyIn | undefined;
  /** The connection cannot be used again. */
  let lost = false;
  let over = false;
  let committing = false;
  let committed = false;

  const begin = () => {
    const budgetMs = Math.max(1, Math.floor(remainingMs()) - SERVER_LEAD_MS);
    const settings = [deps.role, tenantId, String(budgetMs), String(budgetMs + IDLE_GRACE_MS)];
    frame = Promise.all([
      raw.execute(access === "write" ? "begin" : "begin read only"),
      raw.execute(FRAME, settings),
    ]);
    frame.catch(() => {});
  };

  // In a transaction whose frame failed every statement fails as 25P02: the frame's own failure is the cause.
  const causeOf = async (error: unknown) => {
    const framed = await frame?.then(() => undefined, classifyFrame);
    return framed ?? classify(error);
  };

  /** Waits for a sent statement, at most until the deadline or the signal; past them it is left behind. */
  const settle = async <T>(sent: Promise<T>, counted: Counted): Promise<T> => {
    const { promise: given, reject: giveUp } = Promise.withResolvers<never>();
    const timer = clock.after(remainingMs(), () =>
      giveUp(new DatabaseSlowError("Cannot wait for the statement any longer as its deadline passed")),
    );
    const abort = () => giveUp(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    let answered = true;
    const leave = given.catch((reason: unknown) => {
      answered = false;
      throw reason;
    });
    try {
      const result = await Promise.race([sent, leave]);
      counted.call.succeed();
      return result;
    } catch (error) {
      const cause = answered ? await causeOf(error) : error;
      if (!answered) left = sent;
      if (answered && isUnavailable(cause) && cause.code === "database_unreachable") {
        lost = true;
        slots.evictIdle("lost");
      }
      report(counted.call, cause, answered);
      throw cause;
    } finally {
      timer[Symbol.dispose]();
      signal?.removeEventListener("abort", abort);
    }
  };

  const run = async <T>(send: (counted: Counted) => Promise<T>): Promise<T> => {
    if (over) throw new TypeError("Cannot run a statement as its lease is over");
    if (copying !== undefined) throw new TypeError("Cannot run a statement as rows are being copied");
    signal?.throwIfAborted();
    if (frame === undefined) begin();
    const counted = { call: deps.breaker.begin() };
    return settle(send(counted), counted);
  };

  const copyIn = async (text: string, chunks: AsyncIterable<Uint8Array>): Promise<number> => {
    let mine: CopyIn | undefined;
    try {
      const copied = await run((counted) => {
        // Rows that are taken show the server well, however many are still to come.
        const onTaken = () => {
          counted.call.succeed();
          counted.call = deps.breaker.begin();
        };
        mine = startCopyIn(slot.client, text, { chunks, onTaken });
        copying = mine;
        return mine.sent;
      });
      if ("fault" in copied) throw copied.fault;
      return copied.rows;
    } finally {
      mine?.stop();
      if (mine !== undefined && left === undefined) copying = undefined;
    }
  };

  return {
    connection: {
      query: (text, values) => run(() => raw.query(text, values)),
      execute: (text, values) => run(() => raw.execute(text, values)),
      copyIn,
    },
    async commit() {
      if (over || access === "read") throw new TypeError("Cannot commit as the lease is over or only reads");
      if (copying !== undefined) throw new TypeError("Cannot commit as rows are being copied");
      over = true;
      if (frame === undefined) return;
      committing = true;
      await commitOf(settle(slot.client.query("commit"), { call: deps.breaker.begin() }));
      committed = true;
    },
    async [Symbol.asyncDispose]() {
      over = true;
      copying?.stop();
      left ??= copying?.sent;
      deps.onReturned();
      if (lost) slots.drop(slot, "lost");
      else if (left !== undefined)
        slots.abandon(slot, { statement: left, timeoutMs: remainingMs(), cancel: !committing });
      else if (frame === undefined || committed) slots.giveBack(slot);
      else {
        const returned = returnAfter(raw.execute(access === "read" ? "commit" : "rollback"), slot, deps);
        // What a write has locked is free when the scope has ended: who tries again finds it so.
        if (waitsForEnd) await returned;
      }
    },
  };
}

/** A statement as the breaker counts it; rows that go on arriving are counted anew. */
interface Counted {
  call: BreakerCall;
}

/** A statement the server refused proves it well; a missing table is one reader's trouble, not the database's health. */
function report(call: BreakerCall, cause: unknown, answered: boolean): void {
  if (isUnavailable(cause) && cause.code !== "database_misconfigured") call.fail(cause.code);
  else if (answered) call.succeed();
  else call.ignore();
}

/** The server answers the COMMIT of a failed transaction with ROLLBACK, not with an error. */
async function commitOf(sent: Promise<{ command: string }>): Promise<void> {
  const { command } = await sent.catch((cause: unknown) => {
    if (cause instanceof StatementError) throw cause;
    throw new CommitUnknownError("Cannot tell whether the transaction was committed as its answer was lost", {
      cause,
    });
  });
  if (command !== "COMMIT") throw new StatementError({ sqlState: "25P02", cause: undefined });
}

/** The place stays taken until the server confirms the end of the transaction. A reader does not wait for that. */
async function returnAfter(
  closing: Promise<unknown>,
  slot: Slot,
  { slots, clock }: LeaseDeps,
): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = clock.after(CLOSING_MS, () => resolve(false));
  const ended = closing.then(
    () => slot.client.getTransactionStatus() === "I",
    () => false,
  );
  const sound = await Promise.race([ended, late]);
  timer[Symbol.dispose]();
  if (sound) slots.giveBack(slot);
  else slots.drop(slot, "in_doubt");
}
