import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import type { BetView } from "../../src/bets/mod.ts";
import type { BetExplanation } from "../../src/explanations/mod.ts";
import { explanationSchemas } from "../../src/explanations/mod.ts";
import { arrangeOperator } from "../app/operators.ts";
import { NOW } from "../bets/betting_house.ts";
import { betBody, type Desk, type LegWanted, openDesk, SLUG } from "../bets/desk.ts";
import { openStepper, type Stepper } from "../settlement/stepping.ts";

setDefaultTimeout(60_000);

let desk: Desk;
let worker: Stepper;
beforeAll(async () => {
  desk = await openDesk();
  worker = openStepper(desk.stage.database);
});
afterAll(() => desk[Symbol.asyncDispose]());

async function place(player: { readonly bearer: string }, legs: readonly LegWanted[]): Promise<string> {
  const placed = await desk.place(player, betBody(legs));
  return ((await placed.json()) as BetView).betId;
}

async function ask(path: string, bearer?: string) {
  const response = await desk.stage.ask("GET", `/${SLUG}/api${path}`, { ...(bearer && { bearer }) });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function explain(betId: string, bearer: string): Promise<BetExplanation> {
  const { status, body } = await ask(`/bets/${betId}/explanation`, bearer);
  expect(status).toBe(200);
  expect([...Value.Errors(explanationSchemas.BetExplanation, body)]).toEqual([]);
  return body as BetExplanation;
}

test("a settled bet is explained from the facts to the entries, to its player and to an operator alike", async () => {
  const player = await desk.addPlayer();
  const eventId = await desk.addEvent({ home: "Leeds" });
  const betId = await place(player, [{ eventId }]);
  await desk.house.recordResult(eventId, { score: [2, 1] });
  await worker.drain();

  const explained = await explain(betId, player.bearer);
  const toOperator = await ask(`/admin/bets/${betId}/explanation`, desk.operator);

  const none = { numerator: "0", denominator: "1" };
  const price = { numerator: "9", denominator: "4" };
  expect(explained).toMatchObject({
    betId,
    state: "settled",
    stakeMinor: 500,
    returnMinor: 1125,
    placedAt: NOW.toISOString(),
    rules: { version: 2 },
    rounding: { rule: "nearest_minor_unit_halves_to_player" },
    legs: [{ legNumber: 1, eventId, sport: "soccer", home: "Leeds", outcome: "home", price, waitsFor: null }],
    legsSoFar: null,
  });
  const [placed, settled] = explained.versions;
  expect(explained.versions.length).toBe(2);
  expect(placed).toMatchObject({
    kind: "placed",
    version: 0,
    transfers: [
      {
        kind: "stake",
        entries: [
          { account: "player_cash", amountMinor: -500 },
          { account: "stakes_held", amountMinor: 500 },
        ],
      },
    ],
  });
  expect(settled).toMatchObject({
    kind: "settled",
    version: 1,
    decidedBy: { eventId, factVersion: 1 },
    product: price,
    exactReturn: { numerator: "1125", denominator: "1" },
    returnMinor: 1125,
    transfers: [
      {
        kind: "settlement",
        entries: [
          { account: "player_cash", amountMinor: 1125 },
          { account: "stakes_held", amountMinor: -500 },
          { account: "house_book", amountMinor: -625 },
        ],
      },
    ],
  });
  const [leg] = settled?.kind === "settled" ? settled.legs : [];
  expect(leg).toMatchObject({
    grade: {
      result: 1,
      voidFactor: none,
      winningsDeduction: none,
      reason: "won",
      text: "The selection won.",
    },
    factor: price,
    rules: [{ section: "1x2", says: { period: "regulation", extra_time_counts: false } }],
  });
  expect(leg?.facts.map(({ fact, side, value, detail }) => [fact, side, value, detail])).toEqual([
    ["status", null, null, { status: "ended" }],
    ["count", "home", 2, null],
    ["count", "away", 1, null],
  ]);
  for (const fact of leg?.facts ?? [])
    expect(fact).toMatchObject({ source: "fixture", certainty: "confirmed", final: true, version: 1 });
  expect(toOperator).toMatchObject({ status: 200, body: explained });
});

test("an open accumulator says what its legs have come to, and of the others that nothing is known", async () => {
  const player = await desk.addPlayer();
  const [won, untold] = [await desk.addEvent(), await desk.addEvent()];
  const betId = await place(player, [{ eventId: won }, { eventId: untold }]);
  await desk.house.recordResult(won, { score: [1, 0] });
  await worker.drain();

  const explained = await explain(betId, player.bearer);

  expect(explained).toMatchObject({ state: "open", returnMinor: null, versions: [{ kind: "placed" }] });
  expect(explained.legs.map(({ waitsFor }) => waitsFor?.why ?? null)).toEqual([null, "nothing_known"]);
  expect(explained.legsSoFar?.map(({ grade }) => grade?.reason ?? null)).toEqual(["won", null]);
});

test("an accumulator that one leg has lost says that it was decided without the others", async () => {
  const player = await desk.addPlayer();
  const [lost, open] = [await desk.addEvent(), await desk.addEvent()];
  const betId = await place(player, [{ eventId: lost }, { eventId: open }]);
  await desk.house.recordResult(lost, { score: [0, 1] });
  await worker.drain();

  const explained = await explain(betId, player.bearer);

  expect(explained).toMatchObject({ state: "settled", returnMinor: 0 });
  expect(explained.legs.map(({ waitsFor }) => waitsFor?.why ?? null)).toEqual([null, "decided_without"]);
  const settled = explained.versions[1];
  const legs = settled?.kind === "settled" ? settled.legs : [];
  expect(legs.map(({ grade }) => grade?.reason ?? null)).toEqual(["lost", null]);
  expect(settled).toMatchObject({ product: { numerator: "0", denominator: "1" }, returnMinor: 0 });
});

test("a corrected bet tells every version, oldest first, and what changed its grade", async () => {
  const player = await desk.addPlayer();
  const eventId = await desk.addEvent();
  const betId = await place(player, [{ eventId }]);
  await desk.house.recordResult(eventId, { score: [2, 1] });
  await worker.drain();
  const before = await explain(betId, player.bearer);
  await desk.house.recordResult(eventId, { version: 2, score: [1, 1] });
  await worker.drain();

  const explained = await explain(betId, player.bearer);

  expect(explained).toMatchObject({ state: "settled", returnMinor: 0 });
  expect(explained.versions.slice(0, 2)).toEqual(before.versions);
  expect(explained.versions.slice(2)).toMatchObject([
    {
      kind: "reversed",
      version: 2,
      reverses: 1,
      reason: "result_corrected",
      text: "What is known of the event has changed, and with it what the bet comes to.",
      because: { eventId, factVersion: 2 },
      transfers: [
        {
          kind: "reversal",
          entries: [
            { account: "player_cash", amountMinor: -1125 },
            { account: "stakes_held", amountMinor: 500 },
            { account: "house_book", amountMinor: 625 },
          ],
        },
      ],
    },
    { kind: "settled", version: 3, returnMinor: 0, legs: [{ factVersion: 2, grade: { reason: "lost" } }] },
  ]);
});

test("a leg that the facts do not decide says which one is missing", async () => {
  const player = await desk.addPlayer();
  const eventId = await desk.addEvent();
  await desk.stage.database.owner(
    `insert into prices (
       event_id, book, market_type, period, label, outcome, price_numerator, price_denominator, suspended, updated_at
     ) values ($1, 'book', '1x2', 'first_half', '', 'home', 9, 4, false, $2)`,
    [eventId, NOW],
  );
  // Bets on halves are taken where the source tells them.
  await desk.stage.database.owner("update feeds set source = 'goalserve/soccer'");
  await desk.stage.database.owner("update events set source = 'goalserve/soccer'");
  const betId = await place(player, [{ eventId, period: "first_half" }]);
  await desk.house.recordResult(eventId, { score: [2, 1] });
  await worker.drain();

  const explained = await explain(betId, player.bearer);

  expect(explained).toMatchObject({ state: "open", failure: null });
  expect(explained.legs[0]?.waitsFor).toEqual({
    why: "fact_missing",
    what: "score first_half",
    text: "It is not known: score first_half.",
  });
});

test("a void bet tells the player who gave the stake back, why and by which rule, and names no person", async () => {
  const player = await desk.addPlayer();
  const betId = await place(player, [{ eventId: await desk.addEvent() }]);
  const said = { reason: "A slip of the pen", rule: "4.2" };
  await desk.stage.ask("POST", `/${SLUG}/api/admin/bets/${betId}/void`, {
    bearer: desk.operator,
    headers: { "idempotency-key": crypto.randomUUID() },
    body: said,
  });

  const explained = await explain(betId, player.bearer);

  const [{ key_id: by, name } = { key_id: "", name: "" }] = await desk.stage.database.owner<{
    key_id: string;
    name: string;
  }>("select key_id, name from operator_keys");
  expect(explained).toMatchObject({
    state: "void",
    returnMinor: 500,
    versions: [{ kind: "placed" }, { kind: "void", version: 1, ...said, by }],
  });
  expect(explained.legs[0]?.waitsFor?.why).toBe("decided_without");
  expect(JSON.stringify(explained)).not.toContain(name);
});

test("another player's bet, another tenant's and none are all the same 404, and nobody reads without a key or token", async () => {
  const [player, other] = [await desk.addPlayer(), await desk.addPlayer()];
  const betId = await place(player, [{ eventId: await desk.addEvent() }]);
  const elsewhere = await desk.stage.tenant({ slug: "elsewhere" });
  const stranger = await arrangeOperator(desk.stage.database, { tenantId: elsewhere, at: NOW });
  const path = `/bets/${betId}/explanation`;

  const refused = [
    await ask(path, other.bearer),
    await ask(`/bets/${Bun.randomUUIDv7()}/explanation`, player.bearer),
    await ask(`/admin/bets/${Bun.randomUUIDv7()}/explanation`, desk.operator),
    await ask("/bets/1/explanation", player.bearer),
    await ask(path),
    await ask(path, desk.operator),
    await ask(`/admin${path}`),
    await ask(`/admin${path}`, player.bearer),
    await ask(`/admin${path}`, stranger),
  ];
  const ofStranger = await desk.stage.ask("GET", `/elsewhere/api/admin${path}`, { bearer: stranger });

  expect(refused.map(({ status, body }) => [status, (body as { code: string }).code])).toEqual([
    [404, "bet_not_found"],
    [404, "bet_not_found"],
    [404, "bet_not_found"],
    [422, "request_invalid"],
    [401, "token_invalid"],
    [401, "token_invalid"],
    [401, "operator_key_invalid"],
    [401, "operator_key_invalid"],
    [401, "operator_key_invalid"],
  ]);
  expect(ofStranger.status).toBe(404);
  expect((await ask(path, player.bearer)).headers.get("cache-control")).toBe("no-store");
});
