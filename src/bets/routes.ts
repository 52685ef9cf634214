import { Elysia, t } from "elysia";
import type { MoneyGate } from "../branding/mod.ts";
import { answerPrivate, readIdempotencyKey } from "../http/mod.ts";
import { CursorInvalidError } from "../odds/mod.ts";
import { type Players, requireSession, type TokenClaims } from "../players/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { BET_STATES, betIdSchema, type PlaceBetBody, placeBetSchema } from "./contract.ts";
import { createKeysUnderWay } from "./keys_under_way.ts";
import { details } from "./operations.ts";
import { placeBet } from "./place_bet.ts";
import { readBet, readBets } from "./read_bets.ts";
import { placeRequestOf } from "./request_body.ts";

export interface BetsRoutesDeps {
  readonly players: Pick<Players, "tokens" | "assertConfigured">;
  readonly money: Pick<MoneyGate, "assertOpen">;
  readonly directory: TenantDirectory;
  /** For what must be true or refused. */
  readonly writes: Pool;
  readonly clock: Pick<Clock, "epochMs">;
  /** Prices whose source had no good poll for longer cannot be bet on. */
  readonly priceAgeMaxMs: number;
}

/** Refused rather than waited for: as long as a visitor waits for a page. */
export const DEADLINE_MS = 1500;

const params = t.Object({ tenant: tenantSchema });
const instant = (description: string) =>
  t.Optional(t.String({ format: "date-time", description, examples: ["2026-09-20T00:00:00Z"] }));
const listQuery = t.Object({
  state: t.Optional(
    t.Union(
      BET_STATES.map((state) => t.Literal(state)),
      { description: "Only bets in this state", examples: ["open"] },
    ),
  ),
  from: instant("Only bets placed at this instant or later"),
  to: instant("Only bets placed before this instant"),
  limit: t.Optional(
    t.Integer({ minimum: 1, maximum: 100, default: 20, description: "Bets on a page", examples: [20] }),
  ),
  cursor: t.Optional(t.String({ minLength: 1, maxLength: 100, description: "next of the page before" })),
});

/** Placing a bet and reading it back: what a player does. */
export function betsRoutes({ players, money, directory, writes, clock, priceAgeMaxMs }: BetsRoutesDeps) {
  const pool = writes;
  const claimsOf = async (request: Request, { tenant }: { readonly tenant: string }) => {
    const { tenantId } = await requireTenant(directory, tenant);
    players.assertConfigured();
    return players.tokens.verify(request, tenantId);
  };
  const underWay = createKeysUnderWay();
  const place = (
    claims: TokenClaims,
    { key, body }: { readonly key: string; readonly body: PlaceBetBody },
  ) => {
    const request = placeRequestOf(body, { ...claims, idempotencyKey: key });
    return underWay.alone(request, () =>
      placeBet(request, {
        pool,
        clock,
        limits: { priceAgeMaxMs },
        money,
        deadlineMs: DEADLINE_MS,
        identify: (connection, { at }) => requireSession(connection, claims, { at, held: true }),
      }),
    );
  };
  const readAs = async <T>(claims: TokenClaims, read: (connection: Connection) => Promise<T>): Promise<T> => {
    const { tenantId } = claims;
    await using lease = await pool.lease({ criticality: "live", tenantId, deadlineMs: DEADLINE_MS });
    await requireSession(lease.connection, claims, { at: new Date(clock.epochMs()) });
    return await read(lease.connection);
  };
  return new Elysia({ name: "bets/routes" })
    .post(
      "/:tenant/api/bets",
      async ({ request, params, body }) => {
        const claims = await claimsOf(request, params);
        const { answer } = await place(claims, { key: readIdempotencyKey(request), body });
        return answerPrivate(answer, { status: 201 });
      },
      // JSON whatever the Content-Type says: a form would otherwise be read as one.
      { detail: details.placeBet, params, body: placeBetSchema, parse: "json" },
    )
    .get(
      "/:tenant/api/bets",
      async ({ request, params, query }) => {
        const claims = await claimsOf(request, params);
        const { state = null, limit = 20, cursor, from, to } = query;
        const after = cursor === undefined ? null : betOf(cursor);
        const asked = { state, limit, after, from: dateOf(from), to: dateOf(to) };
        const { tenantId, playerId } = claims;
        return answerPrivate(
          await readAs(claims, (connection) => readBets(connection, { tenantId, playerId, ...asked })),
        );
      },
      { detail: details.listBets, params, query: listQuery },
    )
    .get(
      "/:tenant/api/bets/:betId",
      async ({ request, params }) => {
        const claims = await claimsOf(request, params);
        const { betId } = params;
        const { tenantId, playerId } = claims;
        return answerPrivate(
          await readAs(claims, (connection) => readBet(connection, { tenantId, playerId, betId })),
        );
      },
      { detail: details.getBet, params: t.Object({ tenant: tenantSchema, betId: betIdSchema }) },
    );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws {CursorInvalidError} */
function betOf(cursor: string): string {
  if (!UUID.test(cursor)) throw new CursorInvalidError();
  return cursor;
}

function dateOf(instantText: string | undefined): Date | null {
  return instantText === undefined ? null : new Date(instantText);
}
