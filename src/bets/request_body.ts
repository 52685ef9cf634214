import { fraction, offersWinnings } from "../markets/mod.ts";
import type { BetTerms } from "./bet.ts";
import type { PlaceBetBody } from "./contract.ts";
import { BetBodyInvalidError } from "./errors.ts";
import type { BetKey, PlaceBetRequest } from "./request.ts";

/**
 * What a body asks for in a player's name. Pure.
 *
 * @throws {BetBodyInvalidError} If a slippage is without its bound or a bound without slippage, or a price shown is none.
 */
export function placeRequestOf(body: PlaceBetBody, key: BetKey): PlaceBetRequest {
  const { tenantId, playerId, idempotencyKey } = key;
  return {
    tenantId,
    playerId,
    idempotencyKey,
    stakeMinor: BigInt(body.stakeMinor),
    currency: body.currency,
    terms: termsOf(body),
    legs: body.legs.map(({ fraction: shown, ...leg }) => {
      const price = fraction(BigInt(shown.numerator), BigInt(shown.denominator));
      if (!offersWinnings(price)) throw new BetBodyInvalidError();
      return { ...leg, price };
    }),
  };
}

function termsOf({ priceChange = "none", slippageBps }: PlaceBetBody): BetTerms {
  if ((priceChange === "slippage") !== (slippageBps !== undefined)) throw new BetBodyInvalidError();
  return slippageBps === undefined ? { priceChange } : { priceChange, slippageBps };
}
