import { Elysia, t } from "elysia";
import { answerPrivate } from "../http/mod.ts";
import { type Player, type PlayerTokens, requireSession } from "../players/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { entriesQuery, readEntriesPage, readWalletAt, walletQuery } from "./answer_wallet.ts";
import { details } from "./operations.ts";

export interface WalletRoutesDeps {
  readonly directory: TenantDirectory;
  readonly tokens: Pick<PlayerTokens, "verify">;
  /** In the role `linehold_web`. */
  readonly writes: Pool;
  readonly clock: Pick<Clock, "epochMs">;
}

const params = t.Object({ tenant: tenantSchema });

/** A player's own money. */
export function walletRoutes({ directory, tokens, writes, clock }: WalletRoutesDeps) {
  const asPlayer = async (
    {
      request,
      params: { tenant },
    }: { readonly request: Request; readonly params: { readonly tenant: string } },
    read: (connection: Connection, player: Player, at: Date) => Promise<object>,
  ): Promise<Response> => {
    const { tenantId } = await requireTenant(directory, tenant);
    const claims = await tokens.verify(request, tenantId);
    await using lease = await writes.lease({ tenantId, criticality: "live" });
    const at = new Date(clock.epochMs());
    const player = await requireSession(lease.connection, claims, { at });
    return answerPrivate(await read(lease.connection, player, at));
  };
  return new Elysia({ name: "wallets/routes" })
    .get(
      "/:tenant/api/wallet",
      (context) =>
        asPlayer(context, (connection, player, now) =>
          readWalletAt(connection, player, { ...context.query, now }),
        ),
      { detail: details.getWallet, params, query: walletQuery },
    )
    .get(
      "/:tenant/api/wallet/entries",
      (context) =>
        asPlayer(context, (connection, player) => readEntriesPage(connection, player, context.query)),
      { detail: details.listWalletEntries, params, query: entriesQuery },
    );
}
