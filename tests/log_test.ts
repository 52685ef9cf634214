import { expect, test } from "bun:test";
import { createLog, type LogLevel } from "../src/log.ts";
import { manualClock } from "./harness/mod.ts";

function openLog(level?: LogLevel) {
  const lines: string[] = [];
  const clock = manualClock(Date.UTC(2025, 8, 20, 14));
  const log = createLog({
    process: "web",
    clock,
    write: (line) => lines.push(line),
    ...(level ? { level } : {}),
  });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test("a log line is one JSON object with time, level, process, event, message and fields", () => {
  const { log, lines, parsed } = openLog();

  log.warn("branding.stale_served", "Serving stale cache for acme", {
    tenant: "acme",
    age_ms: 412,
    stake: 5n,
  });

  expect(lines[0]).toEndWith("}\n");
  expect(parsed()).toEqual([
    {
      time: "2025-09-20T14:00:00.000Z",
      level: "warn",
      process: "web",
      event: "branding.stale_served",
      message: "Serving stale cache for acme",
      tenant: "acme",
      age_ms: 412,
      stake: "5",
    },
  ]);
});

test("levels quieter than asked for are not written", () => {
  const { log, lines } = openLog("warn");

  log.debug("a.b", "debug");
  log.info("a.b", "info");
  log.warn("a.b", "warn");
  log.error("a.b", "error");

  expect(lines).toHaveLength(2);
});

test("an error is written as name, code and message, and a URL without its password", () => {
  const { log, lines, parsed } = openLog();
  const cause = new RangeError("select secret_column");

  log.error("a.b", "failed at postgres://me:hunter2@db/x", {
    error: new TypeError("Cannot reach postgres://me:hunter2@db/x", { cause }),
  });

  expect(lines[0]).not.toMatch(/hunter2|secret_column/);
  expect(parsed()[0]).toMatchObject({
    error: { name: "TypeError", message: "Cannot reach postgres://me:***@db/x" },
  });
});
