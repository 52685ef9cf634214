import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { DatabaseMisconfiguredError } from "../../src/pool/mod.ts";
import {
  type Cancellation,
  cancelledClaim,
  countClaim,
  countClaims,
  type FactRow,
  goalClaims,
  readFacts,
  readFactVersions,
  retraction,
  selectVersionKnownAt,
  statusClaim,
  winnerClaim,
} from "../../src/results/mod.ts";
import { minutesAfter, NOON, openEventStore } from "./_event_store.ts";
import { naiveFold, type Said, saidIn } from "./_naive_facts.ts";

// Real databases on a machine that other work may share.
setDefaultTimeout(60_000);

const A = Bun.randomUUIDv7();
const B = Bun.randomUUIDv7();

const goals = (home: number, away: number, final = true) =>
  countClaims({ statistic: "score", period: "regulation", home, away, final }, NOON);

test("what was said is read back as facts, with who said it, when it was true and when it was known", async () => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();
  const said = [statusClaim("ended", minutesAfter(105)), ...goals(2, 1)];

  const recorded = await store.say({
    ...{ eventId, facts: said, certainty: "confirmed", note: "by hand" },
    ...{ source: "csv", actor: "Ada", at: minutesAfter(120) },
  });
  const known = await store.read(undefined, (connection) => readFacts(connection, { eventId }));

  expect(recorded).toEqual({ outcome: "recorded", version: 1 });
  const from = { source: "csv", actor: "Ada", certainty: "confirmed", knownAt: minutesAfter(120) };
  const count = { statistic: "score", period: "regulation", final: true, from: { ...from, trueAt: NOON } };
  expect(known?.facts).toEqual({
    asOf: minutesAfter(120),
    status: "ended",
    counts: [
      { ...count, side: "home", value: 2 },
      { ...count, side: "away", value: 1 },
    ],
  } as never);
  expect(known?.rows.map(({ fact, trueAt, note }) => [fact, trueAt, note])).toEqual([
    ["count", NOON, "by hand"],
    ["count", NOON, "by hand"],
    ["status", minutesAfter(105), "by hand"],
  ]);
});

test("nobody has said anything of an event, and its score is not 0-0", async () => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();

  expect(await store.read(undefined, (connection) => readFacts(connection, { eventId }))).toBeUndefined();
  await store.say({ eventId, facts: [statusClaim("ended", NOON)] });
  const known = await store.read(undefined, (connection) => readFacts(connection, { eventId }));
  expect(known?.facts.counts).toEqual([]);
});

test("the same again is nothing new, and of a statement only the news is written", async () => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();
  await store.say({ eventId, facts: goals(1, 0, false) });

  expect(await store.say({ eventId, facts: goals(1, 0, false) })).toEqual({
    outcome: "unchanged",
    version: 1,
  });
  expect(await store.say({ eventId, facts: goals(1, 1, false) })).toEqual({
    outcome: "recorded",
    version: 2,
  });
  const versions = await store.read(undefined, (connection) => readFactVersions(connection, { eventId }));
  expect(
    versions.map(({ version, facts }) => [version, facts.map(({ side, value }) => [side, value])]),
  ).toEqual([
    [
      1,
      [
        ["home", 1],
        ["away", 0],
      ],
    ],
    [2, [["away", 1]]],
  ]);
});

test("what a tenant's operator says outranks what is said for all, for that tenant, whichever is newer, until it is retracted", async () => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();
  const scoreOf = async (tenantId: string | undefined) => {
    const known = await store.read(tenantId, (connection) => readFacts(connection, { eventId, tenantId }));
    return known?.facts.counts.map(({ value }) => value);
  };
  await store.say({ eventId, facts: goals(1, 0) });
  await store.say({ eventId, tenantId: A, facts: goals(3, 3) });
  await store.say({ eventId, facts: goals(2, 0) });

  expect([await scoreOf(A), await scoreOf(B), await scoreOf(undefined)]).toEqual([
    [3, 3],
    [2, 0],
    [2, 0],
  ]);
  const taken = await store.say({
    eventId,
    tenantId: A,
    facts: goals(0, 0).map((row) => retraction(row, NOON)),
  });
  expect(taken.outcome).toBe("recorded");
  expect(await scoreOf(A)).toEqual([2, 0]);
});

test("a tenant neither sees nor can write what another says, whatever it asks for", async () => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();
  await store.say({ eventId, tenantId: A, facts: goals(3, 3) });

  const asked = await store.read(B, async (connection) => [
    await readFacts(connection, { eventId, tenantId: A }),
    await readFactVersions(connection, { eventId, tenantId: A }),
  ]);
  expect(asked).toEqual([undefined, []]);
  for (const wanted of [A, null]) {
    await using lease = await store.web.lease({ access: "write", tenantId: B });
    const forged = lease.connection.execute(
      "insert into fact_versions (event_id, version, tenant_id, source, known_at) values ($1, 9, $2, 'x', $3)",
      [eventId, wanted, NOON],
    );
    await expect(forged).rejects.toThrow(DatabaseMisconfiguredError);
  }
});

test("a goal that is taken back leaves a list that ends before it", async () => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();
  const [first, second] = [
    { side: "home", period: "first_half", player: "Ada" },
    { side: "away", period: "second_half" },
  ] as const;
  const goalsKnown = async () => {
    const known = await store.read(undefined, (connection) => readFacts(connection, { eventId }));
    const { list = [], final } = known?.facts.goals ?? {};
    return [list.map(({ side, player }) => [side, player]), final];
  };
  await store.say({ eventId, facts: goalClaims({ goals: [first, second], final: false }, NOON) });
  expect(await goalsKnown()).toEqual([
    [
      ["home", "Ada"],
      ["away", undefined],
    ],
    false,
  ]);

  await store.say({ eventId, facts: goalClaims({ goals: [first], final: true }, NOON) });
  expect(await goalsKnown()).toEqual([[["home", "Ada"]], true]);
  await store.say({ eventId, facts: goalClaims({ goals: [first, second], final: true }, NOON).slice(0, 1) });
  expect(await goalsKnown()).toEqual([
    [
      ["home", "Ada"],
      ["away", undefined],
    ],
    true,
  ]);
});

test("a cancellation is a fact with its window, and rolled back it is none", async () => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();
  const cancellation: Cancellation = {
    cancellationId: "c-1",
    marketType: "total",
    lineQuarters: 10,
    placedFrom: minutesAfter(1),
    placedBefore: minutesAfter(2),
    reason: "incorrect_odds",
    rule: "4.2",
  };
  const claim = cancelledClaim(cancellation, NOON);
  const cancelled = async () =>
    (await store.read(undefined, (connection) => readFacts(connection, { eventId })))?.facts.cancellations;
  await store.say({ eventId, facts: [claim] });
  expect(await cancelled()).toMatchObject([cancellation]);

  await store.say({ eventId, facts: [retraction(claim, NOON)] });
  expect(await cancelled()).toBeUndefined();
});

test.each<[string, FactRow[]]>([
  ["a count below 0", goals(-1, 0)],
  ["half a goal", goals(0.5, 0)],
  ["a claim that stands twice", [...goals(1, 0), ...goals(1, 0)]],
  ["a statistic that nobody counts", goals(1, 0).map((row) => ({ ...row, statistic: "shots" as never }))],
  ["a count without a value", goals(1, 0).map((row) => ({ ...row, value: null }))],
])("%s is refused before anything is written", async (_, facts) => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();

  await expect(store.say({ eventId, facts })).rejects.toThrow(RangeError);
  expect(await store.database.owner("select 1 from fact_versions")).toEqual([]);
});

test.each(["update facts set value = 9", "delete from facts", "truncate fact_versions cascade"])(
  "what was said stays, also under the owner's hands: %s",
  async (statement) => {
    await using store = await openEventStore();
    const eventId = await store.addEvent();
    await store.say({ eventId, facts: goals(1, 0) });

    await expect(store.database.owner(statement)).rejects.toMatchObject({ constraint: "append_only" });
  },
);

test("bets on an event learn the newest statement that concerns them, made before or after them", async () => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();
  const note = (tenantId: string) =>
    store.database.owner("insert into event_tenants (event_id, tenant_id) values ($1, $2)", [
      eventId,
      tenantId,
    ]);
  const noted = async () => {
    const rows = await store.database.owner<{ tenant_id: string; fact_version: number }>(
      "select tenant_id, fact_version from event_tenants",
    );
    return Object.fromEntries(
      rows.map(({ tenant_id, fact_version }) => [tenant_id === A ? "A" : "B", fact_version]),
    );
  };
  await note(A);
  expect(await noted()).toEqual({ A: 0 });

  await store.say({ eventId, facts: goals(1, 0) });
  await store.say({ eventId, tenantId: A, facts: goals(2, 0) });
  await note(B);
  expect(await noted()).toEqual({ A: 2, B: 1 });
  await store.say({ eventId, facts: goals(1, 1) });
  expect(await noted()).toEqual({ A: 3, B: 3 });
  expect(await store.database.owner("select key from changes where topic = 'facts'")).toHaveLength(3);
});

test("a result that is written without a statement, as the release before does, is made into one under a free number", async () => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();
  await store.say({ eventId, facts: goals(1, 0, false) });

  await store.database.owner(
    `insert into results (event_id, version, state, home_score, away_score, half_home_score, source, recorded_at)
     values ($1, 1, 'final', 2, 1, 1, 'old', $2)`,
    [eventId, minutesAfter(120)],
  );
  const known = await store.read(undefined, (connection) => readFacts(connection, { eventId }));

  expect(await store.database.owner("select version from results")).toEqual([{ version: 2 }]);
  expect(known?.version).toBe(2);
  expect(known?.facts.status).toBe("ended");
  expect(known?.facts.counts.map(({ period, side, value, final }) => [period, side, value, final])).toEqual([
    ["first_half", "home", 1, true],
    ["regulation", "home", 2, true],
    ["regulation", "away", 1, true],
  ]);
  expect((await store.say({ eventId, facts: goals(2, 2) })).version).toBe(3);
});

const claim = fc.oneof(
  fc
    .record({
      statistic: fc.constantFrom("score", "corners"),
      period: fc.constantFrom("regulation", "first_half"),
      side: fc.constantFrom("home", "away"),
      value: fc.nat({ max: 3 }),
      final: fc.boolean(),
    } as const)
    .map((count) => countClaim(count as Parameters<typeof countClaim>[0], NOON)),
  fc.constantFrom("live", "ended", "abandoned").map((status) => statusClaim(status as "live", NOON)),
  fc
    .constantFrom("home", "away", "draw")
    .map((winner) => winnerClaim({ period: "match", winner: winner as "home" }, NOON)),
);
const row = fc
  .tuple(claim, fc.boolean(), fc.boolean())
  .map(([said, one, other]) => (one && other ? retraction(said, NOON) : said));
const statement: fc.Arbitrary<Said> = fc.record({
  tenantId: fc.constantFrom(undefined, A, B),
  facts: fc.uniqueArray(row, {
    selector: ({ fact, statistic, period, side }) => [fact, statistic, period, side].join(),
    minLength: 1,
    maxLength: 4,
  }),
});

test("property: as of every version, for everybody, what is read is what a plain fold over all statements so far comes to", async () => {
  await using store = await openEventStore();

  await fc.assert(
    fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 8 }), async (statements) => {
      const eventId = await store.addEvent();
      // By version, as a statement without news has none.
      const upTo = new Map<number, readonly Said[]>();
      for (const [index, said] of statements.entries()) {
        const { outcome, version } = await store.say({ ...said, eventId, at: minutesAfter(index) });
        if (outcome === "recorded") upTo.set(version, statements.slice(0, index + 1));
      }
      for (const tenantId of [undefined, A, B]) {
        for (const [version, said] of upTo) {
          const known = await store.read(tenantId, (connection) =>
            readFacts(connection, { eventId, tenantId, version }),
          );
          expect((known?.rows ?? []).map(saidIn).sort()).toEqual(naiveFold(said, tenantId));
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("what was known at a moment is what had been said by then", async () => {
  await using store = await openEventStore();
  const eventId = await store.addEvent();
  await store.say({ eventId, facts: goals(1, 0), at: minutesAfter(10) });
  await store.say({ eventId, tenantId: A, facts: goals(2, 0), at: minutesAfter(20) });

  const versionAt = (tenantId: string | undefined, minutes: number) =>
    store.read(tenantId, (connection) =>
      selectVersionKnownAt(connection, { eventId, at: minutesAfter(minutes), tenantId }),
    );

  expect([
    await versionAt(A, 9),
    await versionAt(A, 10),
    await versionAt(A, 30),
    await versionAt(B, 30),
  ]).toEqual([0, 1, 2, 1]);
});
