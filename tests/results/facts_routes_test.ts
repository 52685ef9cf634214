import { expect, setDefaultTimeout, test } from "bun:test";
import { recordEventFacts } from "../../src/feeds/mod.ts";
import { countClaims, statusClaim } from "../../src/results/mod.ts";
import { arrangeOperator } from "../app/operators.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { NOW } from "../bets/betting_house.ts";
import { type Desk, openDesk, SLUG } from "../bets/desk.ts";

// A real application on a machine that other work may share.
setDefaultTimeout(60_000);

const REASON = { reason: "the feed gave up" };
const corners = (value: number) => ({
  fact: "count",
  statistic: "corners",
  period: "regulation",
  side: "home",
  value,
});

async function open() {
  let otherId = "";
  const desk = await openDesk({
    async arrange(database) {
      otherId = await arrangeTenant(database, { slug: "other" });
    },
  });
  const eventId = await desk.addEvent();
  const other = await arrangeOperator(desk.stage.database, { tenantId: otherId, at: NOW });
  return {
    desk,
    eventId,
    other,
    path: `/${SLUG}/api/admin/events/${eventId}`,
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}

function post({ stage, operator }: Desk, path: string, body: object, key: string = crypto.randomUUID()) {
  return stage.ask("POST", path, { bearer: operator, headers: { "idempotency-key": key }, body });
}

interface Shown {
  readonly version: number;
  readonly status: string | null;
  readonly facts: readonly Readonly<Record<string, unknown>>[];
  readonly statements: readonly Readonly<Record<string, unknown>>[];
}

async function shown({ stage, operator }: Desk, path: string, bearer = operator): Promise<Shown> {
  const response = await stage.ask("GET", path, { bearer });
  expect(response.status).toBe(200);
  return (await response.json()) as Shown;
}

/** What a feed says, for all. */
async function feedSays({ stage }: Desk, eventId: string, [home, away]: readonly [number, number]) {
  const pool = stage.database.pool("linehold_odds");
  await using lease = await pool.lease({ access: "write" });
  const count = { statistic: "score", period: "regulation", final: true, home, away } as const;
  const claims = [statusClaim("ended", NOW), ...countClaims(count, NOW)];
  await recordEventFacts(lease.connection, { eventId, claims, source: "fixture", at: NOW });
  await lease.commit();
}

test("an operator says what the feeds do not, and is shown who said what, as of now and of before", async () => {
  await using at = await open();
  const { desk, eventId, path } = at;
  await feedSays(desk, eventId, [2, 1]);

  const stated = await post(desk, `${path}/facts`, {
    claims: [corners(7), { fact: "winner", period: "match", value: "home" }],
    certainty: "confirmed",
    ...REASON,
  });
  const now = await shown(desk, `${path}/facts`);
  const before = await shown(desk, `${path}/facts?version=1`);
  const longBefore = await shown(desk, `${path}/facts?at=2020-01-01T00:00:00.000Z`);

  expect([stated.status, await stated.json()]).toEqual([200, { eventId, outcome: "recorded", version: 2 }]);
  expect(now).toMatchObject({ version: 2, status: "ended" });
  expect(now.facts.map(({ fact, side, value, scope, source }) => [fact, side, value, scope, source])).toEqual(
    [
      ["count", "home", 7, "tenant", "operator"],
      ["count", "home", 2, "all", "fixture"],
      ["count", "away", 1, "all", "fixture"],
      ["status", null, "ended", "all", "fixture"],
      ["winner", null, "home", "tenant", "operator"],
    ],
  );
  expect(now.statements.map(({ version, scope, note }) => [version, scope, note])).toEqual([
    [2, "tenant", REASON.reason],
    [1, "all", null],
  ]);
  expect([before.version, before.facts.length, longBefore.version, longBefore.facts]).toEqual([1, 3, 0, []]);
});

test("what an operator says counts for that tenant alone: no other is shown it, or may say it", async () => {
  await using at = await open();
  const { desk, eventId, other, path } = at;
  await feedSays(desk, eventId, [2, 1]);
  await post(desk, `${path}/facts`, {
    claims: [{ ...corners(7) }, { fact: "status", value: "void" }],
    ...REASON,
  });
  await post(desk, `${path}/cancellations`, { reason: "incorrect_odds", rule: "4.2" });

  const foreign = await shown(desk, `/other/api/admin/events/${eventId}/facts`, other);
  const theirs = JSON.stringify(foreign);
  const trespass = await desk.stage.ask("GET", `${path}/facts`, { bearer: other });
  const speaking = await desk.stage.ask("POST", `${path}/facts`, {
    bearer: other,
    headers: { "idempotency-key": "k" },
    body: { claims: [corners(1)], ...REASON },
  });

  expect([foreign.status, foreign.version, foreign.statements.length]).toEqual(["ended", 1, 1]);
  for (const word of ["corners", "cancelled", "4.2", "operator", REASON.reason])
    expect(theirs).not.toContain(word);
  expect([trespass.status, speaking.status]).toEqual([401, 401]);
  // The public result is everybody's: it stays the feed's.
  expect(await desk.stage.database.owner("select state, home_score from results")).toEqual([
    { state: "final", home_score: 2 },
  ]);
});

test("asked twice under one key it is said once, and what is retracted lets the feed's word hold again", async () => {
  await using at = await open();
  const { desk, eventId, path } = at;
  await feedSays(desk, eventId, [2, 1]);
  const score = { fact: "count", statistic: "score", period: "regulation", side: "home" };
  const body = { claims: [{ ...score, value: 5 }], ...REASON };

  const [first, again] = [
    await post(desk, `${path}/facts`, body, "k1"),
    await post(desk, `${path}/facts`, body, "k1"),
  ];
  expect(await first.text()).toBe(await again.text());
  expect((await post(desk, `${path}/facts`, { ...body, claims: [corners(1)] }, "k1")).status).toBe(422);
  const valueOfHome = async () =>
    (await shown(desk, `${path}/facts`)).facts.find(
      ({ side, statistic }) => side === "home" && statistic === "score",
    )?.["value"];
  expect(await valueOfHome()).toBe(5);

  const same = await post(desk, `${path}/facts`, body);
  expect(await same.json()).toEqual({ eventId, outcome: "unchanged", version: 2 });
  await post(desk, `${path}/facts`, { claims: [{ ...score, retract: true }], ...REASON });
  expect(await valueOfHome()).toBe(2);
  expect(
    await desk.stage.database.owner(
      "select action, facts from audit_acts where subject_kind = 'event' order by acted_at, act_id",
    ),
  ).toEqual([
    { action: "facts.stated", facts: { reason: REASON.reason, version: 2, claims: 1, kinds: ["count"] } },
    { action: "facts.stated", facts: { reason: REASON.reason, version: 3, claims: 1, kinds: ["count"] } },
  ]);
});

test("bets of a window are cancelled and the cancellation is rolled back once, each with its row in the audit", async () => {
  await using at = await open();
  const { desk, path } = at;
  const window = { placedFrom: "2025-09-19T11:00:00.000Z", placedBefore: "2025-09-19T12:00:00.000Z" };
  const body = { ...window, marketType: "total", lineQuarters: 10, reason: "incorrect_odds", rule: "4.2" };

  const made = (await (await post(desk, `${path}/cancellations`, body)).json()) as {
    readonly cancellationId: string;
  };
  const inForce = (await shown(desk, `${path}/facts`)).facts;
  const rollback = `${path}/cancellations/${made.cancellationId}/rollback`;
  const rolled = await post(desk, rollback, REASON);
  const twice = await post(desk, rollback, REASON);

  expect(inForce).toMatchObject([{ fact: "cancelled", subject: made.cancellationId, cancellation: body }]);
  expect([rolled.status, twice.status]).toEqual([200, 404]);
  expect((await shown(desk, `${path}/facts`)).facts).toEqual([]);
  const acts = await desk.stage.database.owner<{ action: string }>(
    "select action from audit_acts where subject_kind = 'event' order by act_id",
  );
  expect(acts.map(({ action }) => action).sort()).toEqual([
    "bets.cancellation_rolled_back",
    "bets.cancelled",
  ]);
});

test.each([
  [
    "a count without a value",
    { claims: [corners(7), { fact: "count", statistic: "score", period: "match", side: "home" }] },
    { claim: 2, field: "value" },
  ],
  [
    "a statistic that nobody counts",
    { claims: [{ ...corners(7), statistic: "shots" }] },
    { claim: 1, field: "statistic" },
  ],
  [
    "a status nobody understands",
    { claims: [{ fact: "status", value: "Awarded?" }] },
    { claim: 1, field: "value" },
  ],
  ["a claim that stands twice", { claims: [corners(7), corners(8)] }, { claim: 2, field: "subject" }],
  ["a side of none", { claims: [{ fact: "retired", value: "draw" }] }, { claim: 1, field: "value" }],
])("%s is refused, naming the claim and its part, and nothing is said", async (_, body, told) => {
  await using at = await open();

  const response = await post(at.desk, `${at.path}/facts`, { ...body, ...REASON });

  expect([response.status, await response.json()]).toMatchObject([
    422,
    { code: "fact_claim_invalid", ...told },
  ]);
  expect(await at.desk.stage.database.owner("select 1 from fact_versions")).toEqual([]);
});

test("a window that ends before it begins is refused, and so is an event that nobody knows", async () => {
  await using at = await open();
  const unknown = `/${SLUG}/api/admin/events/${crypto.randomUUID()}`;
  const cancel = { reason: "other", rule: "4.2" };

  const backwards = await post(at.desk, `${at.path}/cancellations`, {
    ...cancel,
    placedFrom: "2025-09-19T12:00:00.000Z",
    placedBefore: "2025-09-19T11:00:00.000Z",
  });
  const nowhere = [
    await post(at.desk, `${unknown}/facts`, { claims: [corners(1)], ...REASON }),
    await post(at.desk, `${unknown}/cancellations`, cancel),
    await post(at.desk, `${unknown}/cancellations/${crypto.randomUUID()}/rollback`, REASON),
    await at.desk.stage.ask("GET", `${unknown}/facts`, { bearer: at.desk.operator }),
  ];

  expect(await backwards.json()).toMatchObject({ code: "fact_claim_invalid", field: "placedBefore" });
  expect(nowhere.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
});
