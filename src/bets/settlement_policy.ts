import { type Actor, recordAct } from "../operators/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import { RULES_KNOWN } from "./bettable.ts";
import { RulesUnknownError, SettlementPolicyConflictError } from "./errors.ts";
import { replaceSettlementPolicy, selectPublishedRules, selectSettlementPolicy } from "./policy_queries.ts";

/** What becomes of a balance that a corrected result took below zero: it stands, is written off, or stands and freezes its player. */
export const NEGATIVE_BALANCES = ["debt", "write_off", "freeze"] as const;
export type NegativeBalance = (typeof NEGATIVE_BALANCES)[number];

/** What a tenant chooses about settlement. */
export interface SettlementChoice {
  /** The published house rules that bets are taken under; `null` for the newest, whichever that is. */
  readonly rulesVersion: number | null;
  readonly negativeBalance: NegativeBalance;
}

/** The same as it holds. */
export interface SettlementPolicy extends SettlementChoice {
  /** 0 while the tenant has chosen nothing. */
  readonly version: number;
  /** What a bet that is placed now is frozen with. */
  readonly rulesInForce: number;
}

/** What a tenant has decided about settlement: the newest rules and debts that stand, where it has said nothing. */
export function readSettlementPolicy(connection: Connection, tenantId: string): Promise<SettlementPolicy> {
  return selectSettlementPolicy(connection, { tenantId, rulesKnown: RULES_KNOWN });
}

export interface SettlementPolicyToSave {
  readonly tenantId: string;
  /** What to save, whole, made of what is saved now. */
  readonly change: (before: SettlementPolicy) => SettlementChoice;
  /** The version this was made from, 0 when none was saved; without it, whichever is there now. */
  readonly expectedVersion?: number;
}

export interface SaveSettlementPolicyDeps {
  /** Of a role that may write it. */
  readonly pool: Pick<Pool, "lease">;
  /** Who it is, found in the transaction that saves. */
  readonly actor: (connection: Connection) => Promise<Actor>;
  readonly at: Date;
  readonly deadlineMs?: number;
}

/**
 * Saves what a tenant decides about settlement in place of what it decided before, with an audit row. Bets keep the rules that they were
 * placed under; what becomes of a debt is asked when a correction makes one.
 *
 * @throws {RulesUnknownError} If the rules are not published, or this release does not know them.
 * @throws {SettlementPolicyConflictError} If the version is another by now.
 * @throws {CommitUnknownError} If the answer was lost; read the version back.
 */
export async function saveSettlementPolicy(
  { tenantId, change, expectedVersion }: SettlementPolicyToSave,
  { pool, actor: findActor, at, deadlineMs }: SaveSettlementPolicyDeps,
): Promise<SettlementPolicy> {
  await using lease = await pool.lease({
    access: "write",
    tenantId,
    ...(deadlineMs !== undefined && { deadlineMs }),
  });
  const { connection } = lease;
  const actor = await findActor(connection);
  const before = await readSettlementPolicy(connection, tenantId);
  const expected = expectedVersion ?? before.version;
  if (before.version !== expected)
    throw new SettlementPolicyConflictError({ expected, found: before.version });
  const { rulesVersion, negativeBalance } = change(before);
  if (rulesVersion !== null) await assertKnown(connection, rulesVersion);
  const written = { tenantId, expected, rulesVersion, negativeBalance, at };
  const isSaved = await replaceSettlementPolicy(connection, written);
  // Saved by somebody else since it was read.
  if (!isSaved) throw new SettlementPolicyConflictError({ expected, found: expected + 1 });
  const saved = await readSettlementPolicy(connection, tenantId);
  await recordAct(connection, {
    actor,
    action: "settlement_policy.changed",
    subject: { kind: "tenant", id: tenantId },
    facts: {
      version: `${saved.version}`,
      rulesVersion,
      rulesVersionBefore: before.rulesVersion,
      negativeBalance,
      negativeBalanceBefore: before.negativeBalance,
    },
    at,
  });
  await lease.commit();
  return saved;
}

async function assertKnown(connection: Connection, rulesVersion: number): Promise<void> {
  const published = await selectPublishedRules(connection);
  const known = published.filter((version) => RULES_KNOWN.includes(version));
  if (!known.includes(rulesVersion)) throw new RulesUnknownError(rulesVersion, known);
}
