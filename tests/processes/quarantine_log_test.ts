import { expect, test } from "bun:test";
import type { FeedEvent, QuarantineReason } from "../../src/feeds/mod.ts";
import { createVitals } from "../../src/health/mod.ts";
import { createLog } from "../../src/log.ts";
import { createQuarantineLog } from "../../src/processes/_quarantine_log.ts";
import { manualClock } from "../harness/mod.ts";

function open() {
  const clock = manualClock();
  const lines: { event: string; level: string }[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  const vitals = createVitals({ process: "test", isDraining: () => false }, { clock });
  const { observe } = createQuarantineLog(
    createLog({ process: "test", level: "debug", clock, write }),
    vitals,
  );
  const taken = (source: string, raised: Partial<Record<QuarantineReason, number>>, overflowed = 0) => {
    const event: FeedEvent = {
      type: "feed_taken",
      source,
      counts: { events: 0, markets: 0, prices: 0, open: 0, suspended: 0, quarantined: {} },
      report: { outcome: "written", changed: 0, quarantined: { raised, overflowed } },
    };
    observe(event);
  };
  return { lines, taken, observe, text: async () => (await vitals.metrics()).text };
}

test("the quarantine's log counts items by reason, every reason from the start", async () => {
  const { taken, text, observe } = open();
  const before = await text();

  taken("a", { price_unreadable: 2, time_moved: 1 });
  taken("b", { price_unreadable: 3 }, 1);
  observe({
    type: "feed_taken",
    source: "a",
    counts: { events: 0, markets: 0, prices: 0, open: 0, suspended: 0, quarantined: {} },
    report: { outcome: "written", changed: 0 },
  });

  expect(before).toContain('linehold_quarantined_total{reason="clock_backwards"} 0');
  const after = await text();
  expect(after).toContain('linehold_quarantined_total{reason="price_unreadable"} 5');
  expect(after).toContain('linehold_quarantined_total{reason="time_moved"} 1');
  expect(after).toContain("linehold_quarantine_overflowed_total 1");
});

test("the quarantine's log tells each source and reason once, and a full quarantine once until there is room", () => {
  const { taken, lines } = open();

  for (let poll = 0; poll < 100; poll += 1) taken("a", { price_unreadable: 5 }, 7);
  taken("b", { price_unreadable: 1 });
  taken("a", { price_unreadable: 5 });
  taken("a", { price_unreadable: 5 }, 1);

  expect(lines.map(({ event, level }) => `${level} ${event}`)).toEqual([
    "info feeds.quarantined",
    "warn feeds.quarantine_full",
    "info feeds.quarantined",
    "warn feeds.quarantine_full",
  ]);
});
