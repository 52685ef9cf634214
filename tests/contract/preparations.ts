import { exampleCredentials, exampleRegistration } from "../../src/players/examples.ts";
import { arrangeOperator } from "../app/operators.ts";
import type { ArrangedPlayer } from "../app/players.ts";
import type { Asked } from "../app/stage.ts";
import type { TestDatabase } from "../harness/mod.ts";

/** What stands before any operation is asked. */
export interface Ground {
  readonly database: TestDatabase;
  readonly tenantId: string;
  readonly eventId: string;
  /** Business time, at which tokens are made and looked at. */
  readonly at: Date;
  /** A verified player with a session, another one each time. */
  player(): Promise<ArrangedPlayer>;
  /** Asks the application itself; only while the database is there. */
  ask(method: string, path: string, asked?: Asked): Promise<Response>;
}

/** How an operation is asked: what differs from the document's own examples. */
export interface Prepared extends Asked {
  /** In place of the path's parameters. */
  readonly values?: Readonly<Record<string, string>>;
}

/** Operations that the examples of the document alone do not bring to a success, by their ids. */
export const PREPARATIONS: Readonly<Record<string, (ground: Ground) => Promise<Prepared>>> = {
  registerPlayer: async () => ({ body: { ...exampleRegistration, email: freshEmail() } }),
  async signIn({ ask }) {
    const email = freshEmail();
    await ask("POST", "/acme/api/players", { body: { ...exampleRegistration, email } });
    return { body: { ...exampleCredentials, email } };
  },
  async refreshSession({ player }) {
    const { refreshToken } = await player();
    return { body: { refreshToken } };
  },
  ...onPlayer([
    ...["getPlayerWallet", "listPlayerEntries", "createDeposit", "getListedPlayer"],
    ...["setPlayerState", "getLimitsOfPlayer", "setLimitsOfPlayer"],
  ]),
  createWithdrawal: withMoney(),
  createAdjustment: withMoney(),
};

/** Operations on any player of the tenant. */
function onPlayer(operationIds: readonly string[]): typeof PREPARATIONS {
  const prepare = async ({ player }: Ground) => ({ values: { playerId: (await player()).playerId } });
  return Object.fromEntries(operationIds.map((operationId) => [operationId, prepare]));
}

/** On a player who has something to take. */
function withMoney(): (ground: Ground) => Promise<Prepared> {
  return async ({ ask, database, tenantId, at, player }) => {
    const { playerId } = await player();
    const bearer = await arrangeOperator(database, { tenantId, at });
    const headers = { "idempotency-key": freshKey() };
    const body = { amountMinor: 5000, currency: "EUR" };
    await ask("POST", `/acme/api/admin/players/${playerId}/deposits`, { bearer, headers, body });
    return { values: { playerId } };
  };
}

/** What is sent where the operation asks for a name of the request. */
export function freshKey(): string {
  return crypto.randomUUID();
}

function freshEmail(): string {
  return `${crypto.randomUUID()}@example.org`;
}
