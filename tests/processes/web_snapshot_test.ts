import { expect, test } from "bun:test";
import type { StatusPart } from "../../src/health/mod.ts";
import { createLog } from "../../src/log.ts";
import { openSnapshot } from "../../src/processes/_web_snapshot.ts";
import { SnapshotRefusedError } from "../../src/reads/mod.ts";
import { manualClock } from "../harness/mod.ts";

function openStage({ restore }: { restore: () => Promise<{ restored: number }> }) {
  const clock = manualClock();
  const saves: number[] = [];
  const reads = {
    revision: 0,
    restore,
    save: () => {
      saves.push(clock.now());
      return Promise.resolve({ saved: reads.revision });
    },
  };
  const lines: { event: string }[] = [];
  const log = createLog({
    process: "test",
    clock,
    level: "debug",
    write: (line) => lines.push(JSON.parse(line)),
  });
  let part: () => StatusPart = () => ({ detail: {}, words: [] });
  const vitals = {
    watchGauge: () => undefined,
    watchPart: (_name: string, look: () => StatusPart) => {
      part = look;
    },
  };
  const opening = openSnapshot({ dir: "/data", everyMs: 30_000 }, { reads, clock, log, vitals });
  return { clock, saves, reads, lines, opening, part: () => part() };
}

const empty = () => Promise.resolve({ restored: 0 });

test("it is written when something was loaded, at most once an interval, and once more at the end", async () => {
  const stage = openStage({ restore: empty });
  const keeper = await stage.opening;

  await stage.clock.advance(60_000);
  stage.reads.revision = 1;
  await stage.clock.advance(30_000);
  await stage.clock.advance(30_000);
  stage.reads.revision = 2;
  await keeper[Symbol.asyncDispose]();
  await stage.clock.advance(90_000);

  expect(stage.saves).toEqual([90_000, 120_000]);
  expect(stage.clock.pending()).toBe(0);
});

test("a file that takes long to read holds the process up for a second and no more, and is not overwritten meanwhile", async () => {
  const read = Promise.withResolvers<{ restored: number }>();
  const stage = openStage({ restore: () => read.promise });
  let opened = false;
  void stage.opening.then(() => {
    opened = true;
  });

  await stage.clock.advance(999);
  const early = opened;
  await stage.clock.advance(1);
  const inTime = opened;
  stage.reads.revision = 5;
  await stage.clock.advance(120_000);
  const before = [...stage.saves];
  read.resolve({ restored: 10_000 });
  await stage.clock.advance(30_000);

  expect([early, inTime]).toEqual([false, true]);
  expect(before).toEqual([]);
  expect(stage.saves).toEqual([151_000]);
  expect(stage.lines.find(({ event }) => event === "snapshot.restored")).toMatchObject({ restored: 10_000 });
  await (await stage.opening)[Symbol.asyncDispose]();
});

test.each([
  ["absent", "info", "snapshot.absent"],
  ["torn", "warn", "snapshot.refused"],
  ["foreign", "warn", "snapshot.refused"],
] as const)(
  "a file that is %s costs one line, and the next one replaces it",
  async (reason, level, event) => {
    const stage = openStage({ restore: () => Promise.reject(new SnapshotRefusedError(reason)) });
    await stage.opening;
    const told = [...stage.lines];
    stage.reads.revision = 1;
    await stage.clock.advance(30_000);

    expect(told).toMatchObject([{ level, event }]);
    expect(stage.saves).toEqual([30_000]);
    expect(stage.part().words).toEqual([]);
  },
);

test("a folder that cannot be written is told once, and again when it can", async () => {
  const stage = openStage({ restore: empty });
  await stage.opening;
  const { save } = stage.reads;
  stage.reads.save = () => Promise.reject(Object.assign(new Error("No space"), { code: "ENOSPC" }));
  stage.reads.revision = 1;
  await stage.clock.advance(90_000);
  const words = stage.part().words;
  stage.reads.save = save;
  await stage.clock.advance(30_000);

  expect(words).toEqual([
    expect.stringMatching(/^The snapshot cannot be written since .* \(ENOSPC\): .*nothing/),
  ]);
  expect(stage.lines.map(({ event }) => event)).toEqual([
    "snapshot.restored",
    "snapshot.save_failed",
    "snapshot.saved",
  ]);
  expect(stage.part().words).toEqual([]);
});
