/** Where a process can die beside a statement: before it is sent, when it has left, and when its answer has come. */
export const SIDES = ["before", "sent", "answered"] as const;
export type Side = (typeof SIDES)[number];

/** A place in a transaction: what was sent of it so far, and on which side of the last of that. */
export interface Boundary {
  /** The statements' names from the transaction's first to this one. */
  readonly path: string;
  readonly side: Side;
}

/** A place in short, to be handed over by the thousand. */
export function keyOf({ path, side }: Boundary): string {
  return Bun.hash(`${side} ${path}`).toString(36);
}

/** Whether money is under way: the transaction has written to the ledger. */
export function pays(path: string): boolean {
  return /(^|> )insert into (transfers|settlement_reversals)\b/.test(path);
}

/** Where a settler dies: at the first place it comes to that is not among those passed over. */
export interface DeathWish {
  /** Keys of places. */
  readonly passed: readonly string[];
  /** Only where money is under way. */
  readonly onlyPaying: boolean;
}

const BETWEEN = " > ";

/** The last statement of a path. */
export function statementOf(path: string): string {
  return path.split(BETWEEN).at(-1) ?? path;
}

/** What a statement does to what, as in `insert into transfers`. A row lock is no update. */
export function nameOf(text: string): string {
  const plain = text.trim().replaceAll(/\s+/g, " ").toLowerCase();
  const changes = /(?<!for |key )\b(insert into|update|delete from) (?!of )([a-z_]+)/.exec(plain);
  if (changes !== null) return `${changes[1]} ${changes[2]}`;
  const calls = /^select ([a-z_]+)\(/.exec(plain);
  if (calls !== null) return `select ${calls[1]}`;
  const reads = /\bfrom ([a-z_]+)\b/.exec(plain);
  if (reads !== null && /^(select|with)\b/.test(plain)) return `select from ${reads[1]}`;
  return plain.split(" ").slice(0, 3).join(" ");
}

/** Follows one connection: the path of each statement as it is sent. What is in no transaction is a path of its own. */
export function followConnection(): (text: string) => string {
  let open: string | undefined;
  return (text) => {
    const name = nameOf(text);
    if (/^begin\b/.test(name)) {
      open = name;
      return name;
    }
    if (open === undefined) return name;
    const path = `${open}${BETWEEN}${name}`;
    open = /^(commit|rollback)$/.test(name) ? undefined : path;
    return path;
  };
}
