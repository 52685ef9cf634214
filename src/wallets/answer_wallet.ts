import { t } from "elysia";
import { CursorUnreadableError } from "../http/mod.ts";
import type { Player } from "../players/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { PlayerAccountKind } from "./accounts.ts";
import { readWallet } from "./balance.ts";
import type { EntryList, WalletView } from "./contract.ts";
import { readEntries } from "./entries.ts";
import { entriesView, walletView } from "./view.ts";

export const walletQuery = t.Object({
  at: t.Optional(
    t.String({
      format: "date-time",
      description: "A moment of the past, to the millisecond; now when left out",
      examples: ["2025-09-19T12:00:00.000Z"],
    }),
  ),
});

export const entriesQuery = t.Object({
  account: t.Optional(
    t.Union([t.Literal("cash"), t.Literal("held"), t.Literal("bonus")], {
      default: "cash",
      description: "Which part of the wallet",
      examples: ["cash"],
    }),
  ),
  limit: t.Optional(
    t.Integer({ minimum: 1, maximum: 200, default: 50, description: "Items on a page", examples: [50] }),
  ),
  cursor: t.Optional(t.String({ minLength: 1, maxLength: 100, description: "next of the page before" })),
});

type WalletOf = Pick<Player, "tenantId" | "playerId" | "currency">;

/** A player's wallet as the contract has it: now, or at the moment that was asked for. */
export async function readWalletAt(
  connection: Connection,
  { tenantId, playerId, currency }: WalletOf,
  { at: asked, now }: { readonly at?: string | undefined; readonly now: Date },
): Promise<WalletView> {
  const at = asked === undefined ? undefined : new Date(asked);
  const wallet = await readWallet(connection, { tenantId, playerId, currency, at });
  return walletView(wallet, { playerId, at: at ?? now });
}

const KINDS: Readonly<Record<"cash" | "held" | "bonus", PlayerAccountKind>> = {
  cash: "player_cash",
  held: "stakes_held",
  bonus: "bonus",
};
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A page of a player's entries as the contract has it.
 *
 * @throws {CursorUnreadableError}
 */
export async function readEntriesPage(
  connection: Connection,
  { tenantId, playerId, currency }: WalletOf,
  {
    account = "cash",
    limit = 50,
    cursor,
  }: {
    readonly account?: "cash" | "held" | "bonus" | undefined;
    readonly limit?: number | undefined;
    readonly cursor?: string | undefined;
  },
): Promise<EntryList> {
  if (cursor !== undefined && !UUID.test(cursor)) throw new CursorUnreadableError();
  const page = { afterTransferId: cursor ?? null, limit: limit + 1, kind: KINDS[account] };
  const listed = await readEntries(connection, { tenantId, playerId, currency, ...page });
  return entriesView(listed, { currency, limit });
}
