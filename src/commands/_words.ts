import { UsageError } from "./_command_line.ts";

/**
 * A flag that must be given.
 *
 * @throws {UsageError} Naming it.
 */
export function requiredFlag(value: string | undefined, what: string): string {
  if (value === undefined || value.trim() === "") throw new UsageError(`Say which: ${what}`);
  return value;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * An id as lists print it.
 *
 * @throws {UsageError} If it is none.
 */
export function idFlag(value: string, flag: string): string {
  if (UUID.test(value)) return value.toLowerCase();
  throw new UsageError(`${flag} must be an id as "list" prints it: it is "${value}"`);
}

/**
 * A bound on how much is listed, 50 unless given.
 *
 * @throws {UsageError} If it is not from 1 to 1000.
 */
export function limitFlag(value: string | undefined): number {
  if (value === undefined) return 50;
  const limit = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (limit < 1 || limit > 1000) throw new UsageError(`--limit must be from 1 to 1000: it is "${value}"`);
  return limit;
}

/** Words of a source's own for a terminal: nothing in them moves the cursor, and they stay on one line. */
export function plain(words: string): string {
  return words.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").toWellFormed();
}

/** Prints data as JSON, where that is asked for, else as words. */
export function say(json: boolean | undefined, data: unknown, words: string): void {
  process.stdout.write(`${json === true ? JSON.stringify(data, bigintAsDigits) : words}\n`);
}

function bigintAsDigits(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}` : value;
}
