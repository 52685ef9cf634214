import { expect, setDefaultTimeout, test } from "bun:test";
import { arrangeOperator } from "../app/operators.ts";
import type { ArrangedPlayer } from "../app/players.ts";
import { type Desk, NOON, openDesk, type Told } from "../operators/desk.ts";
import { audit } from "../settlement/audit.ts";

setDefaultTimeout(60_000);

const euros = (amountMinor: number) => ({ amountMinor, currency: "EUR" });
const deposits = ({ playerId }: ArrangedPlayer) => `/players/${playerId}/deposits`;
const withdrawals = ({ playerId }: ArrangedPlayer) => `/players/${playerId}/withdrawals`;
const adjustments = ({ playerId }: ArrangedPlayer) => `/players/${playerId}/adjustments`;

test("money paid in, out and put right is what the player's wallet shows, and every act has its audit row", async () => {
  await using desk = await openDesk();
  const player = await desk.player();

  const paid = await desk.post(deposits(player), { ...euros(5000), reference: "psp-7781" });
  const out = await desk.post(withdrawals(player), euros(1200));
  const given = await desk.post(adjustments(player), { ...euros(300), reason: "goodwill" });
  const taken = await desk.post(adjustments(player), { ...euros(-100), reason: "given twice" });
  const bonus = await desk.post(adjustments(player), { ...euros(250), part: "bonus", reason: "welcome" });
  const wallet = await desk.wallet(player);
  const acts = await desk.get(`/audit?subjectId=${player.playerId}`);

  expect([paid, out, given, taken, bonus].map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  expect(paid.body).toEqual({
    transferId: expect.any(String),
    kind: "deposit",
    playerId: player.playerId,
    amountMinor: 5000,
    at: new Date(NOON).toISOString(),
    wallet: { currency: "EUR", exponent: 2, cashMinor: 5000, heldMinor: 0, bonusMinor: 0 },
  });
  expect(paid.headers.get("cache-control")).toBe("no-store");
  expect(out.body).toMatchObject({ kind: "withdrawal", amountMinor: -1200 });
  expect(wallet.body).toMatchObject({
    currency: "EUR",
    exponent: 2,
    cashMinor: 4000,
    heldMinor: 0,
    bonusMinor: 250,
  });
  const factsOf = ({ body }: Told) => ({
    transferId: body.transferId,
    currency: "EUR",
    amountMinor: body.amountMinor,
  });
  const wanted = [
    { action: "deposit", facts: { ...factsOf(paid), reference: "psp-7781" } },
    { action: "withdrawal", facts: factsOf(out) },
    { action: "adjustment", facts: { ...factsOf(given), part: "cash", reason: "goodwill" } },
    { action: "adjustment", facts: { ...factsOf(taken), part: "cash", reason: "given twice" } },
    { action: "adjustment", facts: { ...factsOf(bonus), part: "bonus", reason: "welcome" } },
  ];
  expect(acts.body.items).toHaveLength(wanted.length);
  for (const act of wanted) {
    const told = acts.body.items.find((item: { facts: object }) => Bun.deepEquals(item.facts, act.facts));
    expect(told).toMatchObject({
      ...act,
      actor: { kind: "operator", name: "desk" },
      at: new Date(NOON).toISOString(),
    });
  }
  expect(await audit(desk.stage.database)).toEqual([]);
});

test.each([
  ["JPY", 0],
  ["EUR", 2],
  ["KWD", 3],
])("amounts of %s are whole minor units, of which %d are decimals", async (currency, exponent) => {
  await using desk = await openDesk();
  const player = await desk.player({ currency });

  const paid = await desk.post(deposits(player), { amountMinor: 123_456, currency });
  const wallet = await desk.wallet(player);
  const entries = await desk.get(`/players/${player.playerId}/entries`);

  expect(paid.body.wallet).toEqual({ currency, exponent, cashMinor: 123_456, heldMinor: 0, bonusMinor: 0 });
  expect(wallet.body).toMatchObject({ currency, exponent, cashMinor: 123_456 });
  expect(entries.body).toMatchObject({ currency, exponent, items: [{ amountMinor: 123_456 }] });
});

test("a fraction of a minor unit, a number beyond bounds and a field of nobody's are no amounts", async () => {
  await using desk = await openDesk();
  const player = await desk.player();

  for (const body of [
    euros(0),
    euros(-5),
    euros(0.5),
    euros(1e13),
    { amountMinor: "5000", currency: "EUR" },
    { amountMinor: 5000 },
    { amountMinor: 5000, currency: "euro" },
    { ...euros(5000), balanceMinor: 9 },
    { ...euros(5000), tenantId: desk.tenantId },
    { ...euros(5000), reference: "a b" },
    [],
  ]) {
    expect([body, (await desk.post(deposits(player), body)).body.code]).toEqual([body, "request_invalid"]);
  }
  for (const body of [
    euros(5),
    { ...euros(0), reason: "x" },
    { ...euros(5), reason: "  " },
    { ...euros(5), part: "held", reason: "x" },
  ])
    expect([body, (await desk.post(adjustments(player), body)).body.code]).toEqual([body, "request_invalid"]);
  expect((await desk.post(deposits(player), "{")).body.code).toBe("body_unreadable");
  expect((await desk.wallet(player)).body.cashMinor).toBe(0);
});

test("the same key and body are answered by the same bytes, and the money moves once", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  const first = await desk.post(deposits(player), euros(5000), { key: "k" });
  desk.stage.skip(90_000);
  await desk.post(withdrawals(player), euros(700));

  const again = await desk.post(deposits(player), { currency: "EUR", amountMinor: 5000 }, { key: "k" });

  expect([again.status, again.text]).toEqual([201, first.text]);
  expect((await desk.get(`/players/${player.playerId}/wallet`)).body.cashMinor).toBe(4300);
});

test("a key that served for something else is refused, whatever differs, and the key of a refusal is free", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  const other = await desk.player();
  const refused = await desk.post(withdrawals(player), euros(1), { key: "k" });
  const served = await desk.post(deposits(player), euros(5000), { key: "k" });

  const reused = await Promise.all([
    desk.post(deposits(player), euros(5001), { key: "k" }),
    desk.post(deposits(player), { ...euros(5000), reference: "r" }, { key: "k" }),
    desk.post(withdrawals(player), euros(5000), { key: "k" }),
    desk.post(deposits(other), euros(5000), { key: "k" }),
  ]);

  expect(refused.body).toMatchObject({ code: "insufficient_funds", balanceMinor: 0, neededMinor: 1 });
  expect(served.status).toBe(201);
  // One that met another in flight would be told so: none of these may be served.
  for (const { status, body } of reused) {
    expect([409, 422]).toContain(status);
    expect(["idempotency_key_reused", "request_in_progress"]).toContain(body.code);
  }
  const last = await desk.post(deposits(player), euros(5001), { key: "k" });
  expect([last.status, last.body.code]).toEqual([422, "idempotency_key_reused"]);
  expect((await desk.wallet(player)).body.cashMinor).toBe(5000);
});

test("a hundred identical requests at once move the money once, and each is answered alike or told to wait", async () => {
  await using desk = await openDesk();
  const player = await desk.player();

  const told = await Promise.all(
    Array.from({ length: 100 }, () => desk.post(deposits(player), euros(5000), { key: "k" })),
  );

  const served = told.filter(({ status }) => status === 201);
  const rest = told.filter(({ status }) => status !== 201);
  expect(new Set(served.map(({ text }) => text)).size).toBe(1);
  expect(rest.filter(({ status }) => status !== 409 && status !== 503)).toEqual([]);
  expect((await desk.wallet(player)).body.cashMinor).toBe(5000);
});

test("a key that is being answered at this moment is 409 with Retry-After", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  await desk.stage.database.owner("select pg_advisory_lock(operator_request_lock_id($1, 'k'))", [
    desk.tenantId,
  ]);

  const told = await desk.post(deposits(player), euros(5000), { key: "k" });
  await desk.stage.database.owner("select pg_advisory_unlock(operator_request_lock_id($1, 'k'))", [
    desk.tenantId,
  ]);
  const after = await desk.post(deposits(player), euros(5000), { key: "k" });

  expect([told.status, told.body.code, told.headers.get("retry-after")]).toEqual([
    409,
    "request_in_progress",
    "1",
  ]);
  expect(after.status).toBe(201);
});

test("without a key nothing is moved", async () => {
  await using desk = await openDesk();
  const player = await desk.player();

  const path = `/acme/api/admin${deposits(player)}`;
  for (const key of [undefined, "", "a b", "x".repeat(129)]) {
    const headers = key === undefined ? {} : { "idempotency-key": key };
    const told = await desk.ask("POST", path, { bearer: desk.bearer, body: euros(5), headers });
    expect([key, told.status, told.body.code]).toEqual([key, 400, "idempotency_key_missing"]);
  }
});

test("nobody but an operator of the very tenant moves money or sees a player's", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  const foreign = await foreignKey(desk);
  const revoked = await revokedKey(desk);

  for (const bearer of ["", "nonsense", player.bearer, foreign, revoked]) {
    const told = await desk.post(deposits(player), euros(5), { bearer });
    expect([told.status, told.body.code]).toEqual([401, "operator_key_invalid"]);
    expect(told.headers.get("www-authenticate")).toBe("Bearer");
    for (const path of [
      `/players/${player.playerId}/wallet`,
      `/players/${player.playerId}/entries`,
      "/audit",
    ]) {
      const seen = await desk.ask("GET", `/acme/api/admin${path}`, { bearer });
      expect([path, seen.body.code]).toEqual([path, "operator_key_invalid"]);
    }
  }
  // The other tenant's operator meets none of this tenant's players, however its path is written.
  const elsewhere = `/bravo/api/admin${deposits(player)}`;
  const headers = { "idempotency-key": "k" };
  const told = await desk.ask("POST", elsewhere, { bearer: foreign, body: euros(5), headers });
  expect([told.status, told.body.code]).toEqual([404, "player_not_found"]);
  expect((await desk.wallet(player)).body.cashMinor).toBe(0);
});

async function foreignKey(desk: Desk): Promise<string> {
  const tenantId = await desk.stage.tenant({ slug: "bravo" });
  return arrangeOperator(desk.stage.database, { tenantId, at: new Date(NOON) });
}

async function revokedKey({ stage: { database }, tenantId }: Desk): Promise<string> {
  const text = await arrangeOperator(database, { tenantId, at: new Date(NOON), name: "gone" });
  await database.owner("update operator_keys set revoked_at = created_at where name = 'gone'");
  return text;
}

test("a wallet has one currency, and takes no other", async () => {
  await using desk = await openDesk();
  const player = await desk.player();

  for (const told of [
    await desk.post(deposits(player), { amountMinor: 5, currency: "USD" }),
    await desk.post(withdrawals(player), { amountMinor: 5, currency: "USD" }),
    await desk.post(adjustments(player), { amountMinor: 5, currency: "USD", reason: "x" }),
  ]) {
    expect([told.status, told.body.code, told.body.currency]).toEqual([422, "currency_mismatch", "EUR"]);
  }
});

test("neither a withdrawal nor an adjustment takes cash or bonus below zero", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  await desk.post(deposits(player), euros(100));

  const out = await desk.post(withdrawals(player), euros(101));
  const cash = await desk.post(adjustments(player), { ...euros(-101), reason: "x" });
  const bonus = await desk.post(adjustments(player), { ...euros(-1), part: "bonus", reason: "x" });
  const rest = await desk.post(withdrawals(player), euros(100));

  expect(out.body).toMatchObject({
    status: 409,
    code: "insufficient_funds",
    balanceMinor: 100,
    neededMinor: 101,
  });
  expect(cash.body).toMatchObject({ code: "insufficient_funds", balanceMinor: 100, neededMinor: 101 });
  expect(bonus.body).toMatchObject({ code: "insufficient_funds", balanceMinor: 0, neededMinor: 1 });
  expect(rest.status).toBe(201);
});

test("deposits are taken from players who may bet, withdrawals by whoever has something", async () => {
  await using desk = await openDesk();
  const unverified = await desk.player({ state: "unverified" });
  const verified = await desk.player();
  const closing = await desk.player();
  const excluded = await desk.player();
  const pausing = await desk.player();
  for (const player of [closing, excluded]) await desk.post(deposits(player), euros(100));
  await desk.put(`/players/${closing.playerId}/state`, { state: "closed", reason: "asked for it" });
  await desk.ask("POST", "/acme/api/players/me/exclusion", {
    bearer: excluded.bearer,
    body: { term: "6_months" },
  });
  await desk.ask("POST", "/acme/api/players/me/cool-off", { bearer: pausing.bearer, body: { days: 1 } });

  const told = [];
  for (const player of [unverified, closing, excluded, pausing, verified])
    told.push((await desk.post(deposits(player), euros(5))).body.code ?? "taken");
  const out = [];
  for (const player of [closing, excluded])
    out.push((await desk.post(withdrawals(player), euros(100))).status);
  const unknown = await desk.post("/players/01994e0a-3c00-7000-8000-00000000000b/deposits", euros(5));

  expect(told).toEqual([
    "player_not_verified",
    "blocked_client",
    "player_excluded",
    "player_cooling_off",
    "taken",
  ]);
  expect(out).toEqual([201, 201]);
  expect([unknown.status, unknown.body.code]).toEqual([404, "player_not_found"]);
});

test("a deposit keeps within the player's limits, of the last day, week and month, to the minor unit", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  const items = [
    { kind: "deposit", period: "day", amountMinor: 1000 },
    { kind: "deposit", period: "week", amountMinor: 1500 },
  ];
  await desk.put(`/players/${player.playerId}/limits`, { items, reason: "agreed" });
  const refusal = async (amountMinor: number) => {
    const { status, body } = await desk.post(deposits(player), euros(amountMinor));
    return status === 201 ? "taken" : [body.code, body.period, body.limitMinor, body.remainingMinor];
  };

  expect(await refusal(1001)).toEqual(["deposit_limit_exceeded", "day", 1000, 1000]);
  expect(await refusal(400)).toBe("taken");
  expect(await refusal(601)).toEqual(["deposit_limit_exceeded", "day", 1000, 600]);
  expect(await refusal(600)).toBe("taken");
  // A day and a moment later the day is free, and the week is not.
  desk.stage.skip(86_400_000);
  expect(await refusal(501)).toEqual(["deposit_limit_exceeded", "week", 1500, 500]);
  expect(await refusal(500)).toBe("taken");
});

test("two deposits at once do not pass a limit together that each would pass alone", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  await desk.put(`/players/${player.playerId}/limits`, {
    items: [{ kind: "deposit", period: "day", amountMinor: 1000 }],
    reason: "agreed",
  });

  const told = await Promise.all(Array.from({ length: 6 }, () => desk.post(deposits(player), euros(600))));

  expect(told.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403, 403, 403]);
  expect((await desk.wallet(player)).body.cashMinor).toBe(600);
});
