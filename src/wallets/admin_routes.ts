import { Elysia, t } from "elysia";
import { answerPrivate, type ProblemTable, readIdempotencyKey } from "../http/mod.ts";
import { answerOnce, type Operator, readOperatorKey, recordAct, requireOperator } from "../operators/mod.ts";
import { type Player, readPlayer } from "../players/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { entriesQuery, readEntriesPage, readWalletAt, walletQuery } from "./answer_wallet.ts";
import { type Adjustment, adjustmentSchema, type Payment, paymentSchema } from "./contract.ts";
import {
  adjust,
  type DepositGate,
  deposit,
  type MoneyMoved,
  type MoneyRequest,
  withdraw,
} from "./move_money.ts";
import { details } from "./operations.ts";
import { movedView } from "./view.ts";

export interface WalletAdminRoutesDeps {
  readonly directory: TenantDirectory;
  /** In the role `linehold_web`. */
  readonly writes: Pool;
  readonly clock: Pick<Clock, "epochMs">;
  /** Asked with each deposit, in its transaction. */
  readonly gate: DepositGate;
  /** What it refuses with. */
  readonly gateProblems: ProblemTable;
}

const params = t.Object({
  tenant: tenantSchema,
  playerId: t.String({
    format: "uuid",
    description: "The player",
    examples: ["01994e0a-3c00-7000-8000-00000000000b"],
  }),
});
// JSON whatever the Content-Type says: a form would otherwise be read as one.
const parse = "json" as const;

interface Asked {
  readonly request: Request;
  readonly params: { readonly tenant: string; readonly playerId: string };
}

/** What an operator does with a player's money, and sees of it. */
export function walletAdminRoutes({ directory, writes, clock, gate, gateProblems }: WalletAdminRoutesDeps) {
  const read = async (
    { request, params: { tenant, playerId } }: Asked,
    answer: (connection: Connection, player: Player, at: Date) => Promise<object>,
  ): Promise<Response> => {
    const key = readOperatorKey(request);
    const { tenantId } = await requireTenant(directory, tenant);
    await using lease = await writes.lease({ tenantId });
    const at = new Date(clock.epochMs());
    await requireOperator(lease.connection, { tenantId, key, at });
    const player = await readPlayer(lease.connection, { tenantId, playerId: playerId.toLowerCase() });
    return answerPrivate(await answer(lease.connection, player, at));
  };
  const move = async (
    { request, params: { tenant, playerId } }: Asked,
    body: Payment | Adjustment,
    { operation, verb }: Moving,
  ): Promise<Response> => {
    const key = readOperatorKey(request);
    const idempotencyKey = readIdempotencyKey(request);
    const { tenantId } = await requireTenant(directory, tenant);
    const wanted = {
      ...{ tenantId, playerId: playerId.toLowerCase(), idempotencyKey },
      ...{ amountMinor: BigInt(body.amountMinor), currency: body.currency },
    };
    const input = { playerId: wanted.playerId, ...body };
    const answered = await answerOnce(
      { tenantId, key, idempotencyKey, operation, input },
      { pool: writes, clock },
      async (connection, { operator, at }) => {
        const moved = await verb(connection, { ...wanted, at });
        await note(connection, moved, { operator, body });
        return movedView(moved);
      },
    );
    return answerPrivate(answered, { status: 201 });
  };
  return new Elysia({ name: "wallets/admin_routes" })
    .get(
      "/:tenant/api/admin/players/:playerId/wallet",
      (context) =>
        read(context, (connection, player, now) =>
          readWalletAt(connection, player, { ...context.query, now }),
        ),
      { detail: details.getPlayerWallet, params, query: walletQuery },
    )
    .get(
      "/:tenant/api/admin/players/:playerId/entries",
      (context) => read(context, (connection, player) => readEntriesPage(connection, player, context.query)),
      { detail: details.listPlayerEntries, params, query: entriesQuery },
    )
    .post(
      "/:tenant/api/admin/players/:playerId/deposits",
      (context) =>
        move(context, context.body, {
          operation: "createDeposit",
          verb: (connection, request) => deposit(connection, request, { gate }),
        }),
      { detail: details.createDeposit(gateProblems), params, body: paymentSchema, parse },
    )
    .post(
      "/:tenant/api/admin/players/:playerId/withdrawals",
      (context) => move(context, context.body, { operation: "createWithdrawal", verb: withdraw }),
      { detail: details.createWithdrawal, params, body: paymentSchema, parse },
    )
    .post(
      "/:tenant/api/admin/players/:playerId/adjustments",
      (context) => {
        const { part = "cash" } = context.body;
        const verb = (connection: Connection, request: MoneyRequest) =>
          adjust(connection, { ...request, part });
        return move(context, context.body, { operation: "createAdjustment", verb });
      },
      { detail: details.createAdjustment, params, body: adjustmentSchema, parse },
    );
}

interface Moving {
  readonly operation: "createDeposit" | "createWithdrawal" | "createAdjustment";
  readonly verb: (connection: Connection, request: MoneyRequest) => Promise<MoneyMoved>;
}

/** The audit row of money that was moved. */
async function note(
  connection: Connection,
  { transferId, kind, playerId, amountMinor, occurredAt: at, wallet }: MoneyMoved,
  { operator, body }: { readonly operator: Operator; readonly body: Payment | Adjustment },
): Promise<void> {
  const { amountMinor: _, currency: __, ...words } = body;
  await recordAct(connection, {
    actor: operator,
    action: kind,
    subject: { kind: "player", id: playerId },
    facts: { transferId, amountMinor: Number(amountMinor), currency: wallet.currency, ...words },
    at,
  });
}
