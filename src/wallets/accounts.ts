import type { Connection } from "../pool/mod.ts";
import { AccountMissingError } from "./errors.ts";
import { minorExponent } from "./money.ts";
import { insertAccounts, selectAccount, selectPlayerAccounts } from "./queries.ts";

/** `player_cash`, `stakes_held` and `bonus` belong to a player; the others are the tenant's, one per currency. */
export type AccountKind = PlayerAccountKind | HouseAccountKind;
export type PlayerAccountKind = "player_cash" | "stakes_held" | "bonus";
export type HouseAccountKind = "house_book" | "adjustments" | "clearing";

/** Whose wallet, in which currency. */
export interface WalletOwner {
  readonly playerId: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** Where a player's money is: what can be spent, what open bets hold; and the tenant's book, which wins and loses it. */
export interface PlayerAccounts extends WalletOwner {
  readonly cashAccountId: string;
  readonly heldAccountId: string;
  readonly bookAccountId: string;
}

/**
 * Opens a player's accounts, and the tenant's own in that currency if they are its first. Safe to repeat. Needs a write
 * lease of the tenant.
 *
 * @throws {RangeError} If ISO 4217 knows no such currency.
 */
export async function openAccounts(
  connection: Connection,
  { tenantId, playerId, currency, at }: WalletOwner & { readonly tenantId: string; readonly at: Date },
): Promise<PlayerAccounts> {
  minorExponent(currency);
  const wanted = [
    { kind: "player_cash", playerId },
    { kind: "stakes_held", playerId },
    { kind: "house_book", playerId: null },
    { kind: "clearing", playerId: null },
  ] as const;
  await insertAccounts(connection, {
    tenantId,
    currency,
    at,
    accounts: wanted.map((account) => ({ ...account, accountId: Bun.randomUUIDv7("hex", at.getTime()) })),
  });
  return readPlayerAccount(connection, { tenantId, playerId, currency });
}

/**
 * One player's accounts.
 *
 * @throws {AccountMissingError} If the player has no wallet in that currency.
 */
export async function readPlayerAccount(
  connection: Connection,
  { tenantId, playerId, currency }: WalletOwner & { readonly tenantId: string },
): Promise<PlayerAccounts> {
  const accountsOf = await readPlayerAccounts(connection, { tenantId, owners: [{ playerId, currency }] });
  return accountsOf({ playerId, currency });
}

/**
 * A look-up of the accounts of many players, read in one statement.
 *
 * @returns A function that throws {AccountMissingError} for an owner who has no wallet in that currency.
 */
export async function readPlayerAccounts(
  connection: Connection,
  { tenantId, owners }: { readonly tenantId: string; readonly owners: readonly WalletOwner[] },
): Promise<(owner: WalletOwner) => PlayerAccounts> {
  const rows = await selectPlayerAccounts(connection, tenantId, owners);
  const byOwner = new Map(rows.map((row) => [`${row.playerId}/${row.currency}`, row]));
  return ({ playerId, currency }) => {
    const found = byOwner.get(`${playerId}/${currency}`);
    if (found === undefined) throw new AccountMissingError({ owner: playerId, currency });
    return found;
  };
}

/**
 * A player's accounts, opened if this is the first time that money is moved. Needs a write lease of the tenant.
 *
 * @throws {RangeError} If ISO 4217 knows no such currency.
 */
export async function accountsFor(
  connection: Connection,
  owner: WalletOwner & { readonly tenantId: string; readonly at: Date },
): Promise<PlayerAccounts> {
  const [known] = await selectPlayerAccounts(connection, owner.tenantId, [owner]);
  return known ?? openAccounts(connection, owner);
}

/**
 * The id of an account of one kind, opened if it is not open yet: those that only some tenants or players ever need. Needs a write lease.
 */
export async function ensureAccount(
  connection: Connection,
  account: {
    readonly tenantId: string;
    readonly kind: "bonus" | HouseAccountKind;
    readonly currency: string;
    /** `null` for the tenant's own. */
    readonly playerId: string | null;
    readonly at: Date;
  },
): Promise<string> {
  const { tenantId, kind, currency, playerId, at } = account;
  const known = await selectAccount(connection, account);
  if (known !== undefined) return known;
  const accountId = Bun.randomUUIDv7("hex", at.getTime());
  await insertAccounts(connection, { tenantId, currency, at, accounts: [{ kind, playerId, accountId }] });
  const opened = await selectAccount(connection, account);
  if (opened === undefined) throw new AccountMissingError({ owner: playerId ?? kind, currency });
  return opened;
}

/**
 * The id of one of the tenant's own accounts.
 *
 * @throws {AccountMissingError} If no wallet was ever opened in that currency.
 */
export async function readHouseAccount(
  connection: Connection,
  {
    tenantId,
    kind,
    currency,
  }: {
    readonly tenantId: string;
    readonly kind: HouseAccountKind;
    readonly currency: string;
  },
): Promise<string> {
  const accountId = await selectAccount(connection, { tenantId, kind, currency, playerId: null });
  if (accountId === undefined) throw new AccountMissingError({ owner: kind, currency });
  return accountId;
}
