import { readTerms } from "../branding/mod.ts";
import { createOperatorKey, listOperatorKeys, makeKey, revokeOperatorKey } from "../operators/mod.ts";
import { changePlayerState, EmailTakenError, openPlayers, registerAccount } from "../players/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { depositDemo, minorExponent, openAccounts } from "../wallets/mod.ts";
import type { LocalKeys } from "./_keys_file.ts";
import { DEMO_TENANTS } from "./demo_tenants.ts";

/** With what one acts for a demo brand. */
export interface DemoOperator {
  readonly slug: string;
  readonly key: string;
}

/** With what one signs in at a demo brand. */
export interface DemoSignIn {
  readonly slug: string;
  readonly email: string;
  readonly password: string;
}

export interface DemoAccessDeps {
  readonly pool: Pool;
  readonly keys: LocalKeys;
  readonly at: Date;
}

const KEY_NAME = "bun start";
const BY = "bun start";

/** Sees to it that each demo brand has one operator key that this data directory knows, the same at every start. */
export async function saveDemoOperators(
  tenants: ReadonlyMap<string, string>,
  { pool, keys, at }: DemoAccessDeps,
): Promise<DemoOperator[]> {
  const operators: DemoOperator[] = [];
  for (const [slug, tenantId] of tenants) {
    await using lease = await pool.lease({ access: "write", tenantId });
    const randomBytes = (count: number) => keys.demoBytes(`operator/${tenantId}/${count}`, count);
    const key = await saveKey(lease.connection, { tenantId, at, randomBytes });
    await lease.commit();
    if (key !== undefined) operators.push({ slug, key });
  }
  return operators;
}

/** `undefined` when somebody has revoked it: it stays so. */
async function saveKey(
  connection: Connection,
  wanted: {
    readonly tenantId: string;
    readonly at: Date;
    readonly randomBytes: (count: number) => Uint8Array;
  },
): Promise<string | undefined> {
  const { tenantId, at, randomBytes } = wanted;
  const { keyId, text } = makeKey(randomBytes(8), randomBytes(32));
  const known = await listOperatorKeys(connection, tenantId);
  const ours = known.find((key) => key.keyId === keyId);
  if (ours !== undefined) return ours.revokedAt === null ? text : undefined;
  // Another data directory's: nobody here knows its secret.
  const others = known.find(({ name, revokedAt }) => name === KEY_NAME && revokedAt === null);
  if (others !== undefined)
    await revokeOperatorKey(connection, { tenantId, which: { keyId: others.keyId }, at, by: BY });
  return (await createOperatorKey(connection, { ...wanted, name: KEY_NAME, by: BY })).text;
}

const PASSWORD_BYTES = 12;
const NAME_BYTES = 3;
const STAKES_IN_PURSE = 1000;

/** Sees to it that the first demo brand has a verified player with a password and demo money. */
export async function saveDemoSignIn(
  tenants: ReadonlyMap<string, string>,
  { pool, keys, at, identityKey }: DemoAccessDeps & { readonly identityKey: Uint8Array },
): Promise<DemoSignIn | undefined> {
  const [brand] = DEMO_TENANTS;
  const tenantId = brand && tenants.get(brand.slug);
  if (brand === undefined || tenantId === undefined) return undefined;
  const hex = (purpose: string, count: number) => Buffer.from(keys.demoBytes(purpose, count)).toString("hex");
  // Named after the data directory's own keys: with another one's the password would be wrong.
  const email = `demo-${hex("player", NAME_BYTES)}@${brand.slug}.example`;
  const password = hex("password", PASSWORD_BYTES);
  const players = openPlayers(
    { tokenKeys: [{ kid: "none", secret: keys.demoBytes("unused", 32) }], identityKey },
    { pool, clock: systemClock, readTerms, isCurrency: (currency) => minorExponent(currency) >= 0 },
  );
  const person = { fullName: "Demo Player", dateOfBirth: "1990-01-01", country: "GB" };
  try {
    const player = await registerAccount({ ...person, tenantId, email, password }, players);
    const { playerId, currency } = player;
    await using lease = await pool.lease({ access: "write", tenantId });
    await changePlayerState(lease.connection, { tenantId, playerId, to: "verified", at });
    await openAccounts(lease.connection, { tenantId, playerId, currency, at });
    await depositDemo(lease.connection, {
      tenantId,
      player: { ...player, state: "verified" },
      amountMinor: BigInt(brand.document.betting.minStakeMinor * STAKES_IN_PURSE),
      idempotencyKey: "welcome",
      at,
    });
    await lease.commit();
  } catch (error) {
    if (!(error instanceof EmailTakenError)) throw error;
  }
  return { slug: brand.slug, email, password };
}
