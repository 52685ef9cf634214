import { expect, test } from "bun:test";
import {
  NEUTRAL_SETTINGS,
  OfferInvalidError,
  OfferVersionConflictError,
  offerOf,
  readOffer,
  saveOffer,
  selectTenantOffer,
} from "../../src/odds/mod.ts";
import { openDatabase } from "../harness/mod.ts";

const AT = new Date("2025-09-19T12:00:00Z");
const [ACME, BETA] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()];

const faultsOf = (document: unknown) => {
  const read = readOffer(document);
  return "faults" in read ? read.faults.map(({ path, reason }) => `${path} ${reason}`) : [];
};

test("a document may say a part: the rest is as if nothing had been set", () => {
  expect(readOffer({})).toEqual({ settings: NEUTRAL_SETTINGS });
  expect(readOffer({ marginBps: 500, off: { sports: ["tennis"] } })).toEqual({
    settings: {
      ...NEUTRAL_SETTINGS,
      marginBps: 500,
      off: { ...NEUTRAL_SETTINGS.off, sports: ["tennis"] },
    },
  });
});

test("everything wrong with a document is named with its path", () => {
  const faults = faultsOf({
    marginBps: 5001,
    marginbps: 3,
    margins: [
      { marginBps: 100 },
      { sport: "Tennis", marginBps: -1 },
      { marketType: "1x2", marginBps: 1.5 },
      { marketType: "1x2", marginBps: 2 },
      { marketType: "correct_scores", marginBps: 2 },
    ],
    off: { marketTypes: ["1x2", "unknown", "asian_handicaps"], books: [""], sport: [] },
    oddsFormat: "hong_kong",
  });

  expect(faults.map((fault) => fault.split(" ")[0]).sort()).toEqual([
    "marginBps",
    "marginbps",
    "margins[0]",
    "margins[1].marginBps",
    "margins[1].sport",
    "margins[2].marginBps",
    "margins[3]",
    "margins[4].marketType",
    "oddsFormat",
    "off.books[0]",
    "off.marketTypes[2]",
    "off.sport",
  ]);
});

test.each<{ document: unknown }>([
  { document: null },
  { document: [] },
  { document: "offer" },
  { document: 5 },
  { document: { off: "sport:tennis" } },
  { document: { margins: {} } },
  { document: { margins: [null] } },
  { document: { off: null } },
  { document: { off: { competitions: ["a\nb"] } } },
  { document: { off: { sports: Array.from({ length: 51 }, (_, index) => `s${index}`) } } },
])("what is no offer is said to be none rather than thrown over, %#", ({ document }) => {
  expect(faultsOf(document).length).toBeGreaterThan(0);
});

test("equal settings have equal keys, whoever's they are and in whatever order they were given", () => {
  const rules = [
    { sport: "tennis", marginBps: 700 },
    { marketType: "1x2", marginBps: 100 },
  ];
  const off = { ...NEUTRAL_SETTINGS.off, books: ["a", "b"] };
  const one = offerOf(ACME, { ...NEUTRAL_SETTINGS, margins: rules, off });
  const other = offerOf(BETA, {
    ...NEUTRAL_SETTINGS,
    margins: rules.toReversed(),
    off: { ...off, books: ["b", "a"] },
  });
  const american = offerOf(ACME, { ...NEUTRAL_SETTINGS, margins: rules, oddsFormat: "american" });

  expect([one.profile.key, one.switches.key]).toEqual([other.profile.key, other.switches.key]);
  expect(american.profile.key).not.toBe(one.profile.key);
  expect([american.switches.key, one.switches.key === ""]).toEqual(["", false]);
});

test("saveOffer keeps what was set under versions that grow, tells of it, and refuses what somebody else has overtaken", async () => {
  await using database = await openDatabase();
  const pool = database.pool("linehold_web");
  const deps = { pool, at: AT };

  const first = await saveOffer({ tenantId: ACME, change: () => ({ marginBps: 500 }) }, deps);
  const second = await saveOffer(
    {
      tenantId: ACME,
      change: (before) => ({
        ...before,
        oddsFormat: "american",
        margins: [{ sport: "tennis", marketType: "set_score", marginBps: 900 }],
        off: { sports: ["boxing"], competitions: ["goalserve:1204"], marketTypes: ["1x2"], books: ["B"] },
      }),
      expectedVersion: 1,
    },
    deps,
  );
  const late = saveOffer({ tenantId: ACME, change: () => ({}), expectedVersion: 1 }, deps);
  await expect(late).rejects.toThrow(OfferVersionConflictError);
  const faulty = saveOffer({ tenantId: ACME, change: () => ({ marginBps: -1, oddsFormat: 3 }) }, deps);
  await expect(faulty).rejects.toThrow(OfferInvalidError);

  await using lease = await pool.lease({ tenantId: ACME });
  const kept = await selectTenantOffer(lease.connection, ACME);
  expect([first.version, second.version]).toEqual([1, 2]);
  expect(kept).toEqual(second);
  expect(kept.settings).toMatchObject({ marginBps: 500, oddsFormat: "american" });
  expect(await database.owner("select topic, key from changes order by number")).toEqual([
    { topic: "offers", key: ACME },
    { topic: "offers", key: ACME },
  ]);
});

test("no transaction sees or changes another tenant's offer, and Postgres itself refuses what is out of bounds", async () => {
  await using database = await openDatabase();
  const web = database.pool("linehold_web");
  const reads = database.pool("linehold_read");
  await saveOffer({ tenantId: ACME, change: () => ({ marginBps: 500 }) }, { pool: web, at: AT });

  for (const frame of [{ tenantId: BETA }, {}]) {
    await using lease = await reads.lease(frame);
    expect((await selectTenantOffer(lease.connection, ACME)).settings.marginBps).toBe(0);
  }
  await using lease = await web.lease({ access: "write", tenantId: BETA });
  const changed = await lease.connection.execute("update tenant_offers set margin_bps = 0", []);
  expect(changed).toBe(0);
  await expect(database.owner("update tenant_offers set margin_bps = 5001")).rejects.toThrow();
});

test("of two who save at once one wins, and the other is told", async () => {
  await using database = await openDatabase();
  const deps = { pool: database.pool("linehold_web", { max: 4 }), at: AT };
  const save = (marginBps: number) =>
    saveOffer({ tenantId: ACME, change: () => ({ marginBps }), expectedVersion: 0 }, deps);

  const outcomes = await Promise.allSettled([save(100), save(200), save(300)]);

  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  expect(refused).toHaveLength(2);
  for (const reason of refused) expect(reason).toBeInstanceOf(OfferVersionConflictError);
});
