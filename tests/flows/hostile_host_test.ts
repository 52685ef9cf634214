import { afterAll, beforeAll, expect, test } from "bun:test";
import fc from "fast-check";
import { openStage, type Stage } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { getWithHost } from "../http/raw_socket.ts";

/** Names no test uses otherwise: seen in an answer, they say whose brand it is. */
const CANARIES = { acme: "canary-of-acme-7f3a", beta: "canary-of-beta-91cd" } as const;
const OWN_HOSTS = { acme: "bets.acme.example", beta: "beta.example" } as const;
const BASE = "books.example";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    baseDomain: BASE,
    async arrange(database) {
      for (const slug of ["acme", "beta"] as const) {
        await arrangeTenant(database, { slug, hosts: [OWN_HOSTS[slug]], document: { name: CANARIES[slug] } });
      }
    },
  });
  await stage.directory.firstLoaded;
}, 30_000);
afterAll(() => stage[Symbol.asyncDispose]());

/** Whose brand an honest reader of Host and path would expect, by rules written anew here. */
function expectedTenant(host: string, path: string): "acme" | "beta" | undefined {
  const plain = host
    .toLowerCase()
    .replace(/:\d{1,5}$/, "")
    .replace(/\.$/, "");
  const byHost = (["acme", "beta"] as const).find(
    (slug) => plain === OWN_HOSTS[slug] || plain === `${slug}.${BASE}`,
  );
  if (byHost !== undefined) return path.startsWith("/api/public/") ? byHost : undefined;
  return (["acme", "beta"] as const).find((slug) => path.startsWith(`/${slug}/api/public/`));
}

const bytes = fc.oneof(
  fc.constantFrom(
    ...Object.values(OWN_HOSTS),
    `acme.${BASE}`,
    `BETA.${BASE}`,
    `acme.${BASE}.`,
    `acme.${BASE}:8080`,
    `beta.${BASE}/acme`,
    `acme@beta.${BASE}`,
    `acme.${BASE}, beta.${BASE}`,
    `x.acme.${BASE}`,
    `acme${BASE}`,
    `acme.${BASE}.evil.example`,
    `acme.${BASE}:99999`,
    `acme.${BASE}#`,
    `acme.${BASE}?`,
    "beta.example%00",
    "",
    "a",
    "-",
    "[::1]",
    "..",
    "__proto__",
    "constructor",
  ),
  fc.stringMatching(/^[a-z0-9.:@/\\?#%,_ -]{0,40}$/),
  fc.string({ unit: "binary", maxLength: 30 }).map((text) => text.replaceAll(/[\r\n\0]/g, "")),
);

const paths = fc.constantFrom(
  "/acme/api/public/load-theme",
  "/beta/api/public/load-theme",
  "/api/public/load-theme",
  "/acme/beta/api/public/load-theme",
  "/%61cme/api/public/load-theme",
  "/acme%2Fapi/public/load-theme",
  "//acme/api/public/load-theme",
  "/-/api/public/load-theme",
  "/__proto__/api/public/load-theme",
  "/%ff/api/public/load-theme",
  "/acme/../beta/api/public/load-theme",
  "/acme/api/public/events?limit=%ff",
  "/acme/api/public/theme.css#/beta",
);

test("no Host header makes an answer fail, nor show another tenant's brand", async () => {
  await fc.assert(
    fc.asyncProperty(bytes, paths, async (host, path) => {
      const answer = await getWithHost(stage.server.port, path, host);

      expect([200, 400, 404, 422]).toContain(answer.status);
      const shown = (["acme", "beta"] as const).filter((slug) => answer.body.includes(CANARIES[slug]));
      // What the service resolves may be refused, but never be somebody else.
      const decoded = path.replace("%61", "a").replace("/acme/../", "/");
      expect(shown.filter((slug) => slug !== expectedTenant(host.trim(), decoded))).toEqual([]);
    }),
    { numRuns: 600 },
  );
  expect(stage.events.filter(({ kind }) => kind === "request_failed")).toEqual([]);
}, 60_000);

test("a tenant's host serves it, and every header that pretends to be a host changes nothing", async () => {
  const pretending = {
    host: OWN_HOSTS.acme,
    "x-forwarded-host": OWN_HOSTS.beta,
    "x-original-url": "/beta/api/public/load-theme",
    "x-host": OWN_HOSTS.beta,
    forwarded: `host=${OWN_HOSTS.beta}`,
  };

  const answer = await (await stage.get("/api/public/load-theme", pretending)).text();

  expect(answer).toContain(CANARIES.acme);
  expect(answer).not.toContain(CANARIES.beta);
});

test("interleaved requests of two tenants through faults never show a foreign brand", async () => {
  const ask = async (slug: "acme" | "beta") => {
    const answer = await getWithHost(stage.server.port, "/api/public/load-theme", `${slug}.${BASE}`);
    const other = slug === "acme" ? "beta" : "acme";
    expect(answer.status).toBe(200);
    expect(answer.body).not.toContain(CANARIES[other]);
  };
  for (const fault of ["pass", "refuse", "pass", "reset", "pass"] as const) {
    await stage.postgres.set(fault);
    stage.skip(61_000);
    await Promise.all(Array.from({ length: 40 }, (_, index) => ask(index % 2 === 0 ? "acme" : "beta")));
  }
}, 30_000);
