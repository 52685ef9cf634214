import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dir, "../..");
const hasPeers = existsSync(join(ROOT, "bench/node_modules/lru-cache/package.json"));
const mayInstall = Bun.env["REQUIRE"] === "all";

interface Report {
  readonly bench: string;
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly verdicts: readonly { readonly claim: string; readonly state: string; readonly found: string }[];
}

/** A single round is no measurement, so no verdict is relied on; every figure must be there, and the exit code must be theirs. */
async function look(bench: string): Promise<Report> {
  const child = Bun.spawn([process.execPath, "src/commands/bench.ts", bench, "--json", "--rounds", "1"], {
    cwd: ROOT,
    env: { PATH: Bun.env["PATH"], HOME: Bun.env["HOME"] },
    stdout: "pipe",
    stderr: "inherit",
  });
  const [text, code] = await Promise.all([new Response(child.stdout).text(), child.exited]);
  const report: Report = JSON.parse(text);

  expect(report.bench).toBe(bench);
  expect(code).toBe(report.verdicts.some(({ state }) => state === "fails") ? 1 : 0);
  return report;
}

test.skipIf(!hasPeers && !mayInstall)(
  "bun run bench reads measures every peer in every shape, and Linehold keeps its shape",
  async () => {
    const { rows, verdicts } = await look("reads");

    expect(Object.keys(rows)).toEqual(["hot", "stampede", "failing", "pauses", "hung", "stale"]);
    for (const peer of ["lru-cache fetch", "async-cache-dedupe", "cacheable getOrSet"]) {
      for (const shape of ["hot", "stampede", "failing", "hung"])
        expect(rows[shape]?.map(({ name }) => name)).toContain(peer);
    }
    const ours = (shape: string) => rows[shape]?.find(({ name }) => name === "linehold read");
    expect(ours("stampede")).toMatchObject({ loads: 1 });
    expect(ours("failing")).toMatchObject({ loads: 1, errors: 500, loadsOfSecondWave: 0 });
    expect(ours("hung")).toMatchObject({ loads: 1, unanswered: 0 });
    expect(ours("stale")).toMatchObject({ answered: 500 });
    expect(verdicts).toHaveLength(13);
  },
  180_000,
);

test("bun run bench fairness measures both ways, and a loud tenant is felt without its bulkhead", async () => {
  const { rows } = await look("fairness");

  const [on, off] = rows["fairness"] ?? [];
  expect(on).toMatchObject({ name: "a share for each tenant" });
  expect(off).toMatchObject({ name: "one line for all" });
  expect(Number(off?.["loudP99Ms"])).toBeGreaterThan(Number(on?.["loudP99Ms"]));
}, 120_000);
