import { CRITICALITIES, type Criticality } from "../../src/resilience/mod.ts";

interface Waiter {
  readonly tenant: string;
  readonly rank: number;
  readonly name: number;
}

/**
 * The rules of the bulkhead written plainly, looking at everybody in line at each step: too slow for a service, and easy to
 * hold against what `Permits` promises. Askers are named by number; nobody's wait ends by time.
 */
export function createPlainPermits({ max, waitingMax }: { max: number; waitingMax: number }) {
  const usedBy = new Map<string, number>();
  const tenantOf = new Map<number, string>();
  const given: number[] = [];
  const refused: number[] = [];
  let line: Waiter[] = [];
  let inUse = 0;

  const share = () => {
    const active = new Set([...usedBy.keys(), ...line.map(({ tenant }) => tenant)]);
    return Math.max(1, Math.floor(max / Math.max(1, active.size)));
  };
  const used = (tenant: string) => usedBy.get(tenant) ?? 0;
  const mayHave = (tenant: string) => {
    const free = max - inUse;
    return free > 0 && (used(tenant) < share() || free > Math.max(2, Math.floor(max / 8)));
  };
  const take = ({ tenant, name }: Waiter) => {
    inUse += 1;
    usedBy.set(tenant, used(tenant) + 1);
    tenantOf.set(name, tenant);
    given.push(name);
  };
  const serve = () => {
    while (true) {
      const [next] = line
        .filter(({ tenant }) => mayHave(tenant))
        .toSorted((a, b) => a.rank - b.rank || used(a.tenant) - used(b.tenant) || a.name - b.name);
      if (next === undefined) return;
      line = line.filter((waiter) => waiter !== next);
      take(next);
    }
  };
  const leastMissed = (newcomer: Waiter) => {
    const all = [...line, newcomer];
    const lowest = Math.max(...all.map(({ rank }) => rank));
    const lowly = all.filter(({ rank }) => rank === lowest);
    const waiting = (one: Waiter) => lowly.filter(({ tenant }) => tenant === one.tenant).length;
    const most = Math.max(...lowly.map(waiting));
    return lowly.findLast((one) => waiting(one) === most) ?? newcomer;
  };
  return {
    given,
    refused,
    ask(name: number, tenant: string, criticality: Criticality) {
      const waiter = { tenant, rank: CRITICALITIES.indexOf(criticality), name };
      const isSomeoneAhead = line.some(({ rank, tenant: of }) => rank <= waiter.rank && mayHave(of));
      if (mayHave(tenant) && !isSomeoneAhead) return take(waiter);
      if (line.length >= waitingMax) {
        const unlucky = leastMissed(waiter);
        refused.push(unlucky.name);
        if (unlucky === waiter) return;
        line = line.filter((one) => one !== unlucky);
      }
      line.push(waiter);
    },
    give(name: number) {
      const tenant = tenantOf.get(name);
      if (tenant === undefined) return;
      tenantOf.delete(name);
      inUse -= 1;
      if (used(tenant) === 1) usedBy.delete(tenant);
      else usedBy.set(tenant, used(tenant) - 1);
      serve();
    },
  };
}
