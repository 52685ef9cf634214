import { expect, test } from "bun:test";
import { brandingLine, brandingWords } from "../../src/branding/mod.ts";

test("the sentences that operators search for are word for word", () => {
  expect(brandingLine({ kind: "branding_prewarmed", warmed: 3, total: 5 }).message).toBe(
    "Pre-warmed 3/5 branding caches",
  );
  expect(brandingLine({ kind: "branding_warmed", tenant: "supersports" }).message).toBe(
    "Warmed cache for: supersports",
  );
  const stale = brandingWords.degraded("supersports", { state: "stale", cause: "pool_exhausted" });
  expect(stale.map(({ message }) => message)).toEqual([
    "Branding DB unavailable (pool_exhausted). Serving cached/default for supersports",
    "Serving stale cache for supersports",
  ]);
  const builtIn = brandingWords.degraded("supersports", { state: "default", cause: "database_slow" });
  expect(builtIn.map(({ message }) => message)).toEqual([
    "Branding DB unavailable (database_slow). Serving cached/default for supersports",
  ]);
});

test("a refresh that is merely slow is not called an outage", () => {
  const lines = brandingWords.degraded("supersports", { state: "stale", cause: "refreshing" });

  expect(lines.map(({ message }) => message)).toEqual(["Serving stale cache for supersports"]);
});

test("degraded lines are warnings, another tenant's brand is an error", () => {
  expect(
    brandingWords.degraded("a", { state: "stale", cause: "database_slow" }).map(({ level }) => level),
  ).toEqual(["warn", "warn"]);
  expect(brandingLine({ kind: "branding_foreign", tenant: "a" }).level).toBe("error");
});
