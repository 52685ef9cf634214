import { expect, setDefaultTimeout, test } from "bun:test";
import { houseRulesInWords } from "../../src/explanations/mod.ts";
import { HOUSE_RULES_1, HOUSE_RULES_2 } from "../../src/settlement/mod.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { type Desk, openDesk, SLUG } from "../bets/desk.ts";
import { until } from "../harness/mod.ts";

setDefaultTimeout(60_000);

const get = (desk: Desk, path = "", slug = SLUG) =>
  desk.stage.ask("GET", `/${slug}/api/public/house-rules${path}`);
const told = async (response: Response) => (await response.json()) as Record<string, unknown>;
const choose = (desk: Desk, rulesVersion: number | null, version: number) =>
  desk.stage.ask("PUT", `/${SLUG}/api/admin/settlement`, {
    bearer: desk.operator,
    body: { version, rulesVersion, negativeBalance: "debt" },
  });

test("every rule of every published version has plain words, of its own sport where it is for one", () => {
  for (const document of [HOUSE_RULES_1, HOUSE_RULES_2]) {
    const rules = houseRulesInWords(document);

    expect(new Set(rules.map(({ section }) => section))).toEqual(new Set(Object.keys(document)));
    for (const { section, says, text } of rules) expect(text).not.toBe(`${section}: ${JSON.stringify(says)}`);
  }
  const postponed = houseRulesInWords(HOUSE_RULES_2).filter(({ section }) => section === "postponed");
  expect(postponed.map((rule) => rule.for)).toEqual([null, "cricket", "soccer", "tennis"]);
  expect(postponed[2]?.text).toContain("48 hours");
});

test("GET house-rules tells anybody what bets are taken under now, whole and in plain words, and each tenant its own choice", async () => {
  await using desk = await openDesk({
    arrange: async (database) => void (await arrangeTenant(database, { slug: "zeta" })),
  });

  const newest = await get(desk);
  await choose(desk, 1, 0);
  desk.stage.skip(61_000);
  let chosen: Record<string, unknown> = {};
  // Stale while it is loaded anew.
  await until(async () => {
    chosen = await told(await get(desk));
    return chosen["rulesVersion"] === 1;
  });
  const ofAnother = await told(await get(desk, "", "zeta"));

  const body = await told(newest);
  expect(newest.status).toBe(200);
  expect(newest.headers.get("cache-control")).toContain("public");
  expect(body).toMatchObject({ rulesVersion: 2, document: HOUSE_RULES_2 });
  expect(body["rules"]).toEqual(houseRulesInWords(HOUSE_RULES_2));
  expect(chosen).toMatchObject({ rulesVersion: 1, document: HOUSE_RULES_1 });
  expect(ofAnother["rulesVersion"]).toBe(2);
});

test("GET house-rules/{version} tells what any bet was ever placed under, and refuses a number that there is not", async () => {
  await using desk = await openDesk();

  const first = await get(desk, "/1");
  const absent = await get(desk, "/9");
  const wordless = await get(desk, "/newest");

  expect(await told(first)).toMatchObject({
    rulesVersion: 1,
    publishedAt: "2025-01-01T00:00:00.000Z",
    document: HOUSE_RULES_1,
  });
  expect([absent.status, (await told(absent))["code"]]).toEqual([404, "house_rules_not_found"]);
  expect([wordless.status, (await told(wordless))["code"]]).toEqual([422, "request_invalid"]);
});
