import { type FeedEvent, QUARANTINE_REASONS, type QuarantineReason } from "../feeds/mod.ts";
import type { Vitals } from "../health/mod.ts";
import type { Log } from "../log.ts";

/** What sources say that nobody may bet on before a trader has looked: numbers by reason, and a line where it begins. */
export interface QuarantineLog {
  observe(event: FeedEvent): void;
}

/** Each source and reason is told once, and a source without room once until it has room again: one line a poll would be a flood. */
export function createQuarantineLog(
  log: Log,
  vitals: Pick<Vitals, "watchCounter" | "watchCounters">,
): QuarantineLog {
  const counts = Object.fromEntries(QUARANTINE_REASONS.map((reason) => [reason, 0]));
  const told = new Set<string>();
  const full = new Set<string>();
  let overflowed = 0;
  vitals.watchCounters(
    {
      name: "linehold_quarantined_total",
      help: "Items of new answers that were set aside for a trader, by reason",
      label: "reason",
    },
    () => counts,
  );
  vitals.watchCounter(
    "linehold_quarantine_overflowed_total",
    "Of these, those that found no room: a source may have 10,000",
    () => overflowed,
  );
  const raise = (source: string, reason: QuarantineReason, items: number): void => {
    counts[reason] = (counts[reason] ?? 0) + items;
    if (told.has(`${source}/${reason}`)) return;
    told.add(`${source}/${reason}`);
    const said = `${source} says what is implausible. Look with "bun run quarantine list --reason ${reason}"`;
    log.info("feeds.quarantined", said, { source, reason, items });
  };
  return {
    observe(event) {
      if (event.type !== "feed_taken") return;
      const { source, report } = event;
      const { raised = {}, overflowed: more = 0 } = report.quarantined ?? {};
      for (const reason of QUARANTINE_REASONS) {
        const items = raised[reason] ?? 0;
        if (items > 0) raise(source, reason, items);
      }
      overflowed += more;
      if (more === 0) full.delete(source);
      else if (!full.has(source)) {
        full.add(source);
        const said = `The quarantine has no room left for ${source}. What more is implausible is counted alone`;
        log.warn("feeds.quarantine_full", said, { source, items: more });
      }
    },
  };
}
