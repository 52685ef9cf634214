import {
  beginSession,
  changePlayerState,
  createPlayerTokens,
  type PlayerState,
  type PlayersOptions,
  registerPlayer,
} from "../../src/players/mod.ts";
import type { TestDatabase } from "../harness/mod.ts";

/** Keys of the suite's own, and no bound on how often one address signs in: all tests have the same. */
export const TEST_PLAYERS: PlayersOptions = {
  tokenKeys: [{ kid: "test", secret: new Uint8Array(32).fill(1) }],
  identityKey: new Uint8Array(32).fill(2),
  addressAttempts: { max: 100_000, windowMs: 60_000, addressesMax: 1000 },
};

/** A player of a test, signed in. */
export interface ArrangedPlayer {
  readonly tenantId: string;
  readonly playerId: string;
  readonly currency: string;
  readonly sessionId: string;
  /** An access token of five minutes from `at` on. */
  readonly bearer: string;
  readonly refreshToken: string;
}

/** Saves a player with a session, without a password: hashing one takes its time. */
export async function arrangePlayer(
  database: TestDatabase,
  {
    tenantId,
    at,
    state = "verified",
    currency = "EUR",
    country = "MT",
    identityHashes = [],
  }: {
    readonly tenantId: string;
    readonly at: Date;
    readonly state?: PlayerState;
    readonly currency?: string;
    readonly country?: string | null;
    /** Of the person; nobody in particular by default. */
    readonly identityHashes?: readonly Uint8Array[];
  },
): Promise<ArrangedPlayer> {
  const pool = database.pool("linehold_web", { max: 1 });
  await using lease = await pool.lease({ access: "write", tenantId });
  const { connection } = lease;
  const { playerId } = await registerPlayer(connection, { tenantId, currency, country, identityHashes, at });
  if (state !== "unverified") await changePlayerState(connection, { tenantId, playerId, to: state, at });
  const { sessionId, refreshToken } = await beginSession(connection, { tenantId, playerId, at });
  await lease.commit();
  const tokens = createPlayerTokens(TEST_PLAYERS.tokenKeys, { clock: { epochMs: () => at.getTime() } });
  const { accessToken: bearer } = await tokens.issue({ tenantId, playerId, sessionId });
  return { tenantId, playerId, currency, sessionId, bearer, refreshToken };
}
