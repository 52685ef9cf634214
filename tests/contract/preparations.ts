import { exampleBetToPlace } from "../../src/bets/examples.ts";
import { exampleCredentials, exampleRegistration } from "../../src/players/examples.ts";
import { exampleBetsToCancel } from "../../src/results/contract.ts";
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
    ...["setPlayerState", "unfreezePlayer", "getLimitsOfPlayer", "setLimitsOfPlayer"],
  ]),
  placeBet: betting(async ({ body }) => ({ body })),
  getBet: betting(async ({ place }) => ({ values: { betId: await place() } })),
  getBetExplanation: betting(async ({ place }) => ({ values: { betId: await place() } })),
  getExplanationOfBet: async (ground) => {
    const { place } = await bettor(ground);
    return { values: { betId: await place() } };
  },
  voidBet: async (ground) => {
    const { place } = await bettor(ground);
    return { values: { betId: await place() } };
  },
  rollBackCancellation: async ({ ask, database, tenantId, eventId, at }) => {
    const bearer = await arrangeOperator(database, { tenantId, at });
    const headers = { "idempotency-key": freshKey() };
    const path = `/acme/api/admin/events/${eventId}/cancellations`;
    const response = await ask("POST", path, { bearer, headers, body: exampleBetsToCancel });
    const { cancellationId } = (await response.json()) as { readonly cancellationId: string };
    return { values: { cancellationId } };
  },
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

interface Bettor {
  readonly bearer: string;
  readonly body: object;
  /** Places that bet, and gives its id. */
  place(): Promise<string>;
}

/** A player with money, and a bet that is taken of them: on the ground's event, whose price has the tenant's margin. */
async function bettor({ ask, database, tenantId, eventId, at, player }: Ground): Promise<Bettor> {
  const { playerId, bearer } = await player();
  const operator = await arrangeOperator(database, { tenantId, at });
  await ask("POST", `/acme/api/admin/players/${playerId}/deposits`, {
    bearer: operator,
    headers: { "idempotency-key": freshKey() },
    body: { amountMinor: 5000, currency: "EUR" },
  });
  const [leg] = exampleBetToPlace.legs;
  const body = {
    ...exampleBetToPlace,
    legs: [{ ...leg, eventId, fraction: { numerator: "19", denominator: "10" } }],
  };
  return {
    bearer,
    body,
    async place() {
      const headers = { "idempotency-key": freshKey() };
      const response = await ask("POST", "/acme/api/bets", { bearer, body, headers });
      return ((await response.json()) as { readonly betId: string }).betId;
    },
  };
}

/** Operations of a player who bets. */
function betting(prepare: (bettor: Bettor) => Promise<Prepared>): (ground: Ground) => Promise<Prepared> {
  return async (ground) => {
    const { bearer, ...rest } = await bettor(ground);
    return { ...(await prepare({ bearer, ...rest })), bearer };
  };
}

/** What is sent where the operation asks for a name of the request. */
export function freshKey(): string {
  return crypto.randomUUID();
}

function freshEmail(): string {
  return `${crypto.randomUUID()}@example.org`;
}
