import type { FactRow } from "../../src/results/mod.ts";

/** One statement, as somebody made it. */
export interface Said {
  readonly tenantId: string | undefined;
  readonly facts: readonly FactRow[];
}

/**
 * What holds after all these statements for one tenant, or for nobody's own: two plain maps written over in the order of speaking,
 * the tenant's laid over the other. Knows nothing of versions, rows or SQL.
 */
export function naiveFold(statements: readonly Said[], tenantId: string | undefined): string[] {
  const global = new Map<string, FactRow>();
  const own = new Map<string, FactRow>();
  for (const { tenantId: speaker, facts } of statements) {
    if (speaker !== undefined && speaker !== tenantId) continue;
    const layer = speaker === undefined ? global : own;
    for (const row of facts) {
      const name = JSON.stringify([row.fact, row.statistic, row.period, row.side, row.subject]);
      if (row.retracted) layer.delete(name);
      else layer.set(name, row);
    }
  }
  return [...new Map([...global, ...own]).values()].map(saidIn).sort();
}

/** A claim in words, without who made it. */
export function saidIn({ fact, statistic, period, side, subject, value, detail, final }: FactRow): string {
  return JSON.stringify([fact, statistic, period, side, subject, value, detail, final]);
}
