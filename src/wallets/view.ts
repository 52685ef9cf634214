import { minorToJson } from "../http/mod.ts";
import type { Wallet } from "./balance.ts";
import type { EntryList, MovedView, WalletView } from "./contract.ts";
import type { ListedEntry } from "./entries.ts";
import { minorExponent } from "./money.ts";
import type { MoneyMoved } from "./move_money.ts";

/** A wallet at a moment. */
export function walletView(
  wallet: Wallet,
  { playerId, at }: { readonly playerId: string; readonly at: Date },
): WalletView {
  return { playerId, ...balancesView(wallet), at: at.toISOString() };
}

/** A page of entries, of one more than `limit` where there are more. */
export function entriesView(
  listed: readonly ListedEntry[],
  { currency, limit }: { readonly currency: string; readonly limit: number },
): EntryList {
  const items = listed.slice(0, limit);
  return {
    currency,
    exponent: minorExponent(currency),
    items: items.map(({ transferId, kind, amountMinor, balanceMinor, betId, occurredAt }) => ({
      transferId,
      kind,
      amountMinor: minorToJson(amountMinor),
      balanceMinor: minorToJson(balanceMinor),
      betId,
      at: occurredAt.toISOString(),
    })),
    next: listed.length > limit ? (items.at(-1)?.transferId ?? null) : null,
  };
}

/** Money that was moved. */
export function movedView({
  transferId,
  kind,
  playerId,
  amountMinor,
  occurredAt,
  wallet,
}: MoneyMoved): MovedView {
  return {
    transferId,
    kind,
    playerId,
    amountMinor: minorToJson(amountMinor),
    at: occurredAt.toISOString(),
    wallet: balancesView(wallet),
  };
}

function balancesView({ currency, cashMinor, heldMinor, bonusMinor }: Wallet): MovedView["wallet"] {
  return {
    currency,
    exponent: minorExponent(currency),
    cashMinor: minorToJson(cashMinor),
    heldMinor: minorToJson(heldMinor),
    bonusMinor: minorToJson(bonusMinor),
  };
}
