import { expect, test } from "bun:test";
import { type BrandingEvent, prewarmBranding } from "../../src/branding/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { openStage, type Stage } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";

function warm(stage: Stage, signal = new AbortController().signal) {
  const events: BrandingEvent[] = [];
  const done = prewarmBranding({
    branding: stage.app.branding,
    directory: stage.directory,
    clock: systemClock,
    observe: (event) => void events.push(event),
    signal,
  });
  return { events, done };
}

test("every active tenant is warm after the boot, and no visitor's request asks the database", async () => {
  const slugs = Array.from({ length: 250 }, (_, index) => `tenant-${index}`);
  await using stage = await openStage({
    async arrange(database) {
      for (const slug of slugs) await arrangeTenant(database, { slug, document: { name: slug } });
      await arrangeTenant(database, { slug: "gone", state: "suspended" });
    },
  });

  const { events, done } = warm(stage);
  await done;
  await stage.postgres.set("refuse");
  const answers = await Promise.all(slugs.map((slug) => stage.get(`/${slug}/api/public/load-theme`)));

  expect(events.filter(({ kind }) => kind === "branding_warmed")).toHaveLength(250);
  expect(events.at(-1)).toEqual({ kind: "branding_prewarmed", warmed: 250, total: 250 });
  expect(
    answers.filter((answer) => /hit; ttl=\d/.test(answer.headers.get("cache-status") ?? "")),
  ).toHaveLength(250);
});

test("warming waits for the database, and does its work when it is there", async () => {
  await using stage = await openStage({
    fault: "refuse",
    arrange: (database) => arrangeTenant(database, { slug: "acme" }),
  });

  const { events, done } = warm(stage);
  await Bun.sleep(300);
  const before = events.length;
  await stage.postgres.set("pass");
  await done;

  expect(before).toBe(0);
  expect(events).toEqual([
    { kind: "branding_warmed", tenant: "acme" },
    { kind: "branding_prewarmed", warmed: 1, total: 1 },
  ]);
});

test("a stopping process does not wait for the warming", async () => {
  await using stage = await openStage({ fault: "refuse" });
  const stopping = new AbortController();

  const { done, events } = warm(stage, stopping.signal);
  stopping.abort();
  await done;

  expect(events).toEqual([]);
});
