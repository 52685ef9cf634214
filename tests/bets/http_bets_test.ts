import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { BetView } from "../../src/bets/mod.ts";
import { until } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";
import { openStepper } from "../settlement/stepping.ts";
import { takeBack } from "./_corrections.ts";
import { NOW } from "./betting_house.ts";
import { betBody, type Desk, openDesk, SLUG } from "./desk.ts";

setDefaultTimeout(60_000);

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const get = async <T>(path: string, bearer: string) => {
  const response = await desk.stage.ask("GET", `/${SLUG}/api${path}`, { bearer });
  return { status: response.status, body: (await response.json()) as T };
};
const admin = (method: string, path: string, body?: unknown, key: string = crypto.randomUUID()) =>
  desk.stage.ask(method, `/${SLUG}/api/admin${path}`, {
    bearer: desk.operator,
    headers: { "idempotency-key": key },
    ...(body !== undefined && { body }),
  });
const SAID = { reason: "A slip of the pen", rule: "4.2" };

test("a single and an accumulator are placed, answered 201, and read back as they stand", async () => {
  const player = await desk.addPlayer();
  const [one, two] = [await desk.addEvent({ home: "Leeds" }), await desk.addEvent()];

  const single = await desk.place(player, betBody([{ eventId: one }], { priceChange: "better" }));
  const double = await desk.place(
    player,
    betBody([{ eventId: one }, { eventId: two, outcome: "draw" }], { stakeMinor: 333 }),
  );

  const [first, second] = [(await single.json()) as BetView, (await double.json()) as BetView];
  expect([single.status, double.status]).toEqual([201, 201]);
  expect(single.headers.get("cache-control")).toBe("no-store");
  expect(first).toMatchObject({
    state: "open",
    stakeMinor: 500,
    potentialReturnMinor: 1125,
    returnMinor: null,
    placedAt: NOW.toISOString(),
    rulesVersion: 2,
    limitsVersion: null,
    terms: { priceChange: "better" },
    void: null,
    legs: [{ legNumber: 1, home: "Leeds", outcome: "home", fraction: { numerator: "9", denominator: "4" } }],
  });
  // 333 × 9/4 × 37/10 = 2772.225
  expect(second).toMatchObject({ potentialReturnMinor: 2772, legs: [{ legNumber: 1 }, { legNumber: 2 }] });
  expect((await get(`/bets/${second.betId}`, player.bearer)).body).toEqual(second);
  expect((await get("/bets", player.bearer)).body).toEqual({ items: [second, first], next: null });
});

test("the same key and body are answered by the same bytes, also when the bet could not be placed any more", async () => {
  const player = await desk.addPlayer();
  const body = betBody([{ eventId: await desk.addEvent() }]);
  const key = crypto.randomUUID();
  const first = await desk.place(player, body, key);
  const text = await first.text();
  await desk.stage.database.owner("update events set status = 'live'");

  const again = await desk.place(player, body, key);

  expect([first.status, again.status]).toEqual([201, 201]);
  expect(await again.text()).toBe(text);
});

test("a hundred requests with one key at once place one bet; each is answered by it or told that it is under way", async () => {
  const player = await desk.addPlayer();
  const body = betBody([{ eventId: await desk.addEvent() }]);
  const key = crypto.randomUUID();

  const answers = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const response = await desk.place(player, body, key);
      return { status: response.status, text: await response.text() };
    }),
  );

  const placed = answers.filter(({ status }) => status === 201);
  expect(new Set(placed.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  expect((await get<{ items: unknown[] }>("/bets", player.bearer)).body.items).toHaveLength(1);
  const held = await desk.stage.database.owner(
    "select 1 from transfers join bets using (tenant_id, bet_id) where player_id = $1 and kind = 'stake'",
    [player.playerId],
  );
  expect(held).toHaveLength(1);
});

test("a key that another machine is answering is told to be in progress, and when to ask again", async () => {
  const player = await desk.addPlayer();
  const eventId = await desk.addEvent();
  const key = crypto.randomUUID();
  await using holding = await desk.house.pool.lease({ access: "write", tenantId: desk.tenantId });
  await holding.connection.query("select pg_advisory_xact_lock(hashtextextended($1, 16))", [
    `${desk.tenantId}/${player.playerId}/${key}`,
  ]);

  const response = await desk.place(player, betBody([{ eventId }]), key);

  expect([response.status, response.headers.get("retry-after")]).toEqual([409, "1"]);
  expect(await response.json()).toMatchObject({ code: "request_in_progress" });
});

test("bets are listed the latest first, by state and time, a page at a time", async () => {
  const player = await desk.addPlayer();
  const eventId = await desk.addEvent();
  const placed: string[] = [];
  for (let count = 0; count < 5; count++) {
    const response = await desk.place(player, betBody([{ eventId }], { stakeMinor: 10 + count }));
    placed.unshift(((await response.json()) as BetView).betId);
  }
  type Page = { readonly items: BetView[]; readonly next: string | null };
  const ids = ({ items }: Page) => items.map(({ betId }) => betId);

  const first = (await get<Page>("/bets?limit=2", player.bearer)).body;
  const second = (await get<Page>(`/bets?limit=2&cursor=${first.next}`, player.bearer)).body;
  const last = (await get<Page>(`/bets?limit=2&cursor=${second.next}`, player.bearer)).body;
  const settled = (await get<Page>("/bets?state=settled", player.bearer)).body;
  const later = (await get<Page>("/bets?from=2025-09-19T12:00:00.001Z", player.bearer)).body;
  const until = (await get<Page>("/bets?to=2025-09-19T12:00:00.001Z&state=open", player.bearer)).body;
  const wrong = await get("/bets?cursor=x", player.bearer);

  expect([...ids(first), ...ids(second), ...ids(last)]).toEqual(placed);
  expect(last.next).toBeNull();
  expect([ids(settled), ids(later), ids(until)]).toEqual([[], [], placed]);
  expect(wrong).toMatchObject({ status: 400, body: { code: "cursor_invalid" } });
});

test("another player's bet is as unknown as none, and a token of another tenant reads nothing", async () => {
  const [mine, other] = [await desk.addPlayer(), await desk.addPlayer()];
  const stranger = await desk.addPlayer({ tenantId: Bun.randomUUIDv7() });
  const placed = await desk.place(mine, betBody([{ eventId: await desk.addEvent() }]));
  const { betId } = (await placed.json()) as BetView;

  expect(await get(`/bets/${betId}`, other.bearer)).toMatchObject({
    status: 404,
    body: { code: "bet_not_found" },
  });
  expect(await get(`/bets/${crypto.randomUUID()}`, mine.bearer)).toMatchObject({ status: 404 });
  expect(await get("/bets/none", mine.bearer)).toMatchObject({ status: 422 });
  expect(await get("/bets", stranger.bearer)).toMatchObject({ status: 401, body: { code: "token_invalid" } });
  expect((await get("/bets", other.bearer)).body).toEqual({ items: [], next: null });
});

test("a voided bet gives its stake back by new entries, and its player reads by which rule, why and when", async () => {
  const player = await desk.addPlayer({ depositMinor: 1000n });
  const placed = await desk.place(player, betBody([{ eventId: await desk.addEvent() }]));
  const { betId } = (await placed.json()) as BetView;
  const key = crypto.randomUUID();

  const voided = await admin("POST", `/bets/${betId}/void`, SAID, key);
  const text = await voided.text();
  const again = await admin("POST", `/bets/${betId}/void`, SAID, key);
  const later = await admin("POST", `/bets/${betId}/void`, { ...SAID, reason: "another" });

  expect([voided.status, again.status, later.status]).toEqual([200, 200, 200]);
  expect(await again.text()).toBe(text);
  const read = (await get<BetView>(`/bets/${betId}`, player.bearer)).body;
  expect(read).toMatchObject({ state: "void", void: { ...SAID, at: NOW.toISOString() } });
  expect(await later.json()).toEqual(read);
  expect(await desk.house.balance(player)).toMatchObject({ cashMinor: 1000n, heldMinor: 0n });
  const kinds = await desk.stage.database.owner(
    "select kind, settlement_version from transfers where bet_id = $1 order by kind",
    [betId],
  );
  expect(kinds).toEqual([
    { kind: "stake", settlement_version: null },
    { kind: "void", settlement_version: 1 },
  ]);
  const acts = await desk.stage.database.owner("select action, facts from audit_acts where subject_id = $1", [
    betId,
  ]);
  expect(acts).toEqual([
    {
      action: "bet.voided",
      facts: { playerId: player.playerId, currency: "EUR", stakeMinor: "500", ...SAID },
    },
  ]);
});

test("a settled bet that is voided is taken back and its stake given back, under versions of their own", async () => {
  const player = await desk.addPlayer({ depositMinor: 1000n });
  const eventId = await desk.addEvent();
  const placed = await desk.place(player, betBody([{ eventId }]));
  const { betId } = (await placed.json()) as BetView;
  await desk.house.recordResult(eventId, { score: [1, 0] });
  await openStepper(desk.stage.database).drain();
  const paid = (await desk.house.balance(player)).cashMinor;

  const voided = await admin("POST", `/bets/${betId}/void`, SAID);
  const again = await admin("POST", `/bets/${betId}/void`, SAID);

  expect([paid, voided.status, again.status]).toEqual([1625n, 200, 200]);
  expect((await get<BetView>(`/bets/${betId}`, player.bearer)).body).toMatchObject({
    state: "void",
    returnMinor: null,
    settledAt: null,
    void: SAID,
  });
  expect(await desk.house.balance(player)).toMatchObject({ cashMinor: 1000n, heldMinor: 0n });
  const { items } = (
    await get<{ items: { kind: string; amountMinor: number; betId: string }[] }>(
      "/wallet/entries",
      player.bearer,
    )
  ).body;
  const ofBet = items.filter((entry) => entry.betId === betId);
  expect(ofBet.map(({ kind, amountMinor }) => [kind, amountMinor]).sort()).toEqual([
    ["reversal", -1125],
    ["settlement", 1125],
    ["stake", -500],
    ["void", 500],
  ]);
  const reversals = await desk.stage.database.owner(
    "select settlement_version, reverses_version, event_id, reason from settlement_reversals where bet_id = $1",
    [betId],
  );
  expect(reversals).toEqual([
    { settlement_version: 2, reverses_version: 1, event_id: null, reason: "voided" },
  ]);
  const acts = await desk.stage.database.owner("select action, facts from audit_acts where subject_id = $1", [
    betId,
  ]);
  expect(acts).toMatchObject([{ action: "bet.voided", facts: { ...SAID, takenBackMinor: "1125" } }]);
  expect(await audit(desk.stage.database)).toEqual([]);
});

test("a void of a settled bet whose winnings are spent follows the tenant's policy on negative balances", async () => {
  const player = await desk.addPlayer({ depositMinor: 500n });
  const eventId = await desk.addEvent();
  const placed = await desk.place(player, betBody([{ eventId }]));
  const { betId } = (await placed.json()) as BetView;
  await desk.house.recordResult(eventId, { score: [1, 0] });
  await openStepper(desk.stage.database).drain();
  await admin("POST", `/players/${player.playerId}/withdrawals`, { amountMinor: 1125, currency: "EUR" });
  await admin("PUT", "/settlement", { version: 0, rulesVersion: null, negativeBalance: "freeze" });

  const voided = await admin("POST", `/bets/${betId}/void`, SAID);
  const refused = await desk.place(player, betBody([{ eventId: await desk.addEvent() }]));

  expect([voided.status, refused.status]).toEqual([200, 403]);
  expect(await refused.json()).toMatchObject({ code: "player_frozen" });
  expect(await desk.house.balance(player)).toMatchObject({ cashMinor: -625n, heldMinor: 0n });
  const acts = await desk.stage.database.owner(
    "select actor_kind, actor_id, action, facts from audit_acts where subject_id = $1 and action <> 'withdrawal'",
    [player.playerId],
  );
  expect(acts).toMatchObject([
    {
      actor_kind: "system",
      actor_id: "void",
      action: "player.frozen",
      facts: { betId, settlementVersion: "2" },
    },
  ]);
  await admin("PUT", "/settlement", { version: 1, rulesVersion: null, negativeBalance: "debt" });
});

test("a bet that the ledger has paid meanwhile, an unknown one, and whoever is no operator of the tenant are refused a void", async () => {
  const player = await desk.addPlayer();
  const placed = await desk.place(player, betBody([{ eventId: await desk.addEvent() }]));
  const { betId } = (await placed.json()) as BetView;
  const { tenantId, playerId } = player;
  const taken = { tenantId, playerId, betId, amountMinor: 1n, settlementVersion: 1, at: NOW };
  await takeBack(desk.stage.database, taken);

  const paid = await admin("POST", `/bets/${betId}/void`, SAID);
  const unknown = await admin("POST", `/bets/${crypto.randomUUID()}/void`, SAID);
  const nobody = await desk.stage.ask("POST", `/${SLUG}/api/admin/bets/${betId}/void`, {
    bearer: player.bearer,
    body: SAID,
    headers: { "idempotency-key": "k" },
  });

  expect([paid.status, unknown.status, nobody.status]).toEqual([409, 404, 401]);
  expect(await paid.json()).toMatchObject({ code: "bet_not_open" });
  expect((await get<BetView>(`/bets/${betId}`, player.bearer)).body).toMatchObject({ state: "open" });
  await desk.stage.database.owner("set session_replication_role = replica");
  await desk.stage.database.owner(
    "delete from entries where transfer_id in (select transfer_id from transfers where bet_id = $1 and kind = 'reversal')",
    [betId],
  );
  await desk.stage.database.owner("delete from transfers where bet_id = $1 and kind = 'reversal'", [betId]);
  await desk.stage.database.owner("set session_replication_role = origin");
});

test("whatever settles and voids bets at the same time, each is void once and its stake is back", async () => {
  const player = await desk.addPlayer({ depositMinor: 100_000n });
  const eventId = await desk.addEvent();
  const bets: string[] = [];
  for (let count = 0; count < 24; count++) {
    const placed = await desk.place(player, betBody([{ eventId }], { stakeMinor: 100 }));
    bets.push(((await placed.json()) as BetView).betId);
  }
  await desk.house.recordResult(eventId, { score: [1, 0] });
  const stepper = openStepper(desk.stage.database, { limits: { batchMax: 2, batchesMax: 1, pauseMs: 0 } });

  const settling = (async () => {
    for (let step = 0; step < 20; step++) await stepper.step();
  })();
  // As an operator's client would: what could not be answered is asked again under its key, until it is.
  const voidOf = async (betId: string) => {
    const key = crypto.randomUUID();
    let status = 503;
    await until(async () => {
      ({ status } = await admin("POST", `/bets/${betId}/void`, SAID, key));
      return status !== 503;
    });
    return status;
  };
  const voids = await Promise.all(bets.map(voidOf));
  await settling;
  await stepper.drain();

  const states = await desk.stage.database.owner<{ state: string }>(
    "select distinct state from bets where player_id = $1",
    [player.playerId],
  );
  expect([...new Set(voids)]).toEqual([200]);
  expect(states).toEqual([{ state: "void" }]);
  expect(await desk.house.balance(player)).toMatchObject({ cashMinor: 100_000n, heldMinor: 0n });
  expect(await audit(desk.stage.database)).toEqual([]);
});

test("a quarantined bet can be voided", async () => {
  const player = await desk.addPlayer({ depositMinor: 1000n });
  const placed = await desk.place(player, betBody([{ eventId: await desk.addEvent() }]));
  const { betId } = (await placed.json()) as BetView;
  await desk.stage.database.owner(
    "update bets set state = 'quarantined', settlement_failure = 'x' where bet_id = $1",
    [betId],
  );

  const voided = await admin("POST", `/bets/${betId}/void`, SAID);

  expect(voided.status).toBe(200);
  expect(await desk.house.balance(player)).toMatchObject({ cashMinor: 1000n, heldMinor: 0n });
});
