import type { Reason } from "./story.ts";

/** Where a process can die beside a statement: before it is sent, when it has left, and when its answer has come. */
export const SIDES = ["before", "sent", "answered"] as const;
export type Side = (typeof SIDES)[number];

/**
 * A statement in a transaction of a kind. What went before it counts as far as it makes a kind of its own, and no further: whether a
 * reader before it had something to read makes no other boundary of it, nor does who sends it, or how often.
 */
export interface Place {
  /** What the transaction has done when this is sent, this included. */
  readonly kind: string;
  /** What it does to what, as in `insert into transfers`. */
  readonly statement: string;
  /** Of its text: two statements may do something else to the same. */
  readonly text: string;
}

/** A side of a place. */
export interface Boundary extends Place {
  readonly side: Side;
}

/** A boundary in short, to be handed over by the hundred. */
export function keyOf({ kind, text, side }: Boundary): string {
  return Bun.hash(`${side} ${kind} ${text}`).toString(36);
}

const PAID = "first payment";
const CANCELLED = "first payment, of a window's bets";
const TAKEN_BACK = "reversal";
const CORRECTED = "reversal and payment";
const FAILED = "with a bet that fails";
const POSTPONED = "postponed";

/** Why something is taken back, in the order of what a batch is named by where bets of several kinds are in it. */
const REASONS = [
  "cancellation_rolled_back",
  "cancelled",
  "result_rolled_back",
  "result_corrected",
] as const satisfies readonly Reason[];

/** Each kind that a settler has: what a run has not come to, it has not shown. */
export const SETTLED_KINDS: readonly string[] = [
  PAID,
  CANCELLED,
  FAILED,
  POSTPONED,
  ...REASONS.map((reason) => `${CORRECTED}, ${reason}`),
  ...["cancellation_rolled_back", "result_rolled_back"].map((reason) => `${TAKEN_BACK}, ${reason}`),
];

/** Whether money is under way: the transaction has written to the ledger, or been refused to. */
export function pays({ kind }: Place): boolean {
  return kind === FAILED || kind.startsWith(PAID) || kind.startsWith(TAKEN_BACK);
}

/** Where a settler dies: at the first boundary it comes to that is not among those passed over. */
export interface DeathWish {
  /** Keys of boundaries. */
  readonly passed: readonly string[];
  /** Only where money is under way. */
  readonly onlyPaying: boolean;
  /** Only where no other with such a wish has died, be it a moment ago. */
  readonly alone: boolean;
}

/** The reasons that kinds are named by. */
export function reasonsOf(kinds: readonly string[]): readonly Reason[] {
  return REASONS.filter((reason) => kinds.some((kind) => kind.endsWith(`, ${reason}`)));
}

/** What a statement does to what, as in `insert into transfers`. A row lock is no update. */
export function nameOf(text: string): string {
  const plain = plainOf(text);
  const changes = /(?<!for |key )\b(insert into|update|delete from) (?!of )([a-z_]+)/.exec(plain);
  if (changes !== null) return `${changes[1]} ${changes[2]}`;
  const calls = /^select ([a-z_]+)\(/.exec(plain);
  if (calls !== null) return `select ${calls[1]}`;
  const reads = /\bfrom ([a-z_]+)\b/.exec(plain);
  if (reads !== null && /^(select|with)\b/.test(plain)) return `select from ${reads[1]}`;
  return plain.split(" ").slice(0, 3).join(" ");
}

function plainOf(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ").toLowerCase();
}

/** What a transaction has done so far. */
interface Doings {
  readonly paid: boolean;
  readonly cancelled: boolean;
  /** Why something was taken back. */
  readonly reasons: readonly string[];
  readonly postponed: boolean;
  readonly failed: boolean;
  /** What holds, should all since the savepoint be undone. */
  readonly saved?: Doings;
}

const NOTHING: Doings = { paid: false, cancelled: false, reasons: [], postponed: false, failed: false };

/** Follows one connection: the place of each statement as it is sent. What is in no transaction is of a kind of its own. */
export function followConnection(): (text: string, values?: readonly unknown[]) => Place {
  let open: Doings | undefined;
  return (text, values = []) => {
    const statement = nameOf(text);
    const place = (kind: string) => ({ kind, statement, text: Bun.hash(plainOf(text)).toString(36) });
    if (/^begin\b/.test(statement)) open = NOTHING;
    if (open === undefined) return place("in no transaction");
    open = after(open, statement, values);
    const kind = kindOf(open);
    if (/^(commit|rollback)$/.test(statement)) open = undefined;
    return place(kind);
  };
}

function after(doings: Doings, statement: string, values: readonly unknown[]): Doings {
  const { saved, ...plain } = doings;
  if (statement.startsWith("savepoint")) return { ...doings, saved: doings };
  if (statement.startsWith("release savepoint"))
    return saved?.saved ? { ...plain, saved: saved.saved } : plain;
  // The savepoint itself outlives this: its release follows.
  if (statement.startsWith("rollback to"))
    return { ...(saved ?? plain), failed: true, saved: { ...(saved ?? plain), failed: true } };
  if (statement === "insert into settlements")
    return { ...doings, paid: true, cancelled: doings.cancelled || mentions(values, "cancelled") };
  if (statement === "insert into settlement_reversals")
    return {
      ...doings,
      reasons: [...doings.reasons, ...REASONS.filter((reason) => mentions(values, reason))],
    };
  // Alone among those that write there it says no versions.
  if (statement === "update event_tenants" && values[2] instanceof Date)
    return { ...doings, postponed: true };
  return doings;
}

/** Whether one of a statement's arrays has the word. */
function mentions(values: readonly unknown[], word: string): boolean {
  return values.some((value) => Array.isArray(value) && value.includes(word));
}

function kindOf({ paid, cancelled, reasons, postponed, failed }: Doings): string {
  const reason = REASONS.find((one) => reasons.includes(one));
  if (failed) return FAILED;
  if (postponed) return POSTPONED;
  if (reason !== undefined) return `${paid ? CORRECTED : TAKEN_BACK}, ${reason}`;
  if (paid) return cancelled ? CANCELLED : PAID;
  return "nothing paid so far";
}
