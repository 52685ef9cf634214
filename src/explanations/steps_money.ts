import type { BetTransfer } from "../wallets/mod.ts";
import type { ExplainedStep } from "./contract.ts";

/**
 * Which step of a bet each of its transfers belongs to, by the steps' versions: the stake to the placement, what names a version to that one.
 * A debt that was written off names none: it belongs to the last step of its very moment, whose transaction it was in. Transfers of steps
 * that came after the bet was read are left out. Pure.
 */
export function transfersOfSteps(
  steps: readonly ExplainedStep[],
  transfers: readonly BetTransfer[],
): ReadonlyMap<number, readonly BetTransfer[]> {
  const versions = new Set(steps.map(({ version }) => version));
  const owned = transfers.flatMap((transfer) => {
    const version = versionOf(transfer, steps);
    return version !== undefined && versions.has(version) ? [{ version, transfer }] : [];
  });
  const byVersion = Map.groupBy(owned, ({ version }) => version);
  return new Map([...byVersion].map(([version, of]) => [version, of.map(({ transfer }) => transfer)]));
}

function versionOf(
  { kind, settlementVersion, occurredAt }: BetTransfer,
  steps: readonly ExplainedStep[],
): number | undefined {
  if (settlementVersion !== null) return settlementVersion;
  if (kind === "stake") return 0;
  return steps.findLast(({ version, at }) => version > 0 && at === occurredAt.toISOString())?.version;
}
