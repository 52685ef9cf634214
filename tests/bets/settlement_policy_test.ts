import { expect, setDefaultTimeout, test } from "bun:test";
import { type SettlementChoice, saveSettlementPolicy } from "../../src/bets/mod.ts";
import { arrangeOperator } from "../app/operators.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { openDatabase } from "../harness/mod.ts";
import { type BettingHouse, NOW, openHouse } from "./betting_house.ts";
import { type Desk, openDesk, SLUG } from "./desk.ts";

setDefaultTimeout(60_000);

const policy = (desk: Desk, method: "GET" | "PUT", body?: unknown, bearer = desk.operator) =>
  desk.stage.ask(method, `/${SLUG}/api/admin/settlement`, { bearer, ...(body !== undefined && { body }) });
const told = async (response: Response) => (await response.json()) as Record<string, unknown>;

function choose({ pool }: BettingHouse, tenantId: string, choice: Partial<SettlementChoice>) {
  return saveSettlementPolicy(
    { tenantId, change: (before) => ({ ...before, ...choice }) },
    { pool, at: NOW, actor: async () => ({ tenantId, system: "test" }) },
  );
}

test("placeBet freezes the newest house rules, those that the tenant has chosen from then on, and changes no bet that stands", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const other = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const place = (whose = seat) => house.place(whose, { eventId, outcome: "home", stakeMinor: 100n });

  const unsaid = await place();
  await choose(house, seat.tenantId, { rulesVersion: 1 });
  const chosen = await place();
  const ofAnother = await place(other);
  await choose(house, seat.tenantId, { rulesVersion: null, negativeBalance: "freeze" });
  const newest = await place();

  expect([unsaid, chosen, ofAnother, newest].map(({ rulesVersion }) => rulesVersion)).toEqual([2, 1, 2, 2]);
  const stored = await database.owner<{ rules: number }>(
    "select rules_version as rules from bets where player_id = $1 order by placed_at, bet_id",
    [seat.playerId],
  );
  expect(stored.map(({ rules }) => rules).sort()).toEqual([1, 2, 2]);
});

test("placeBet passes over house rules that only a later release knows, and takes nothing under them where they were chosen", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  await database.owner(
    "insert into house_rules (rules_version, document, published_at) values (3, '{\"later\": true}', $1)",
    [NOW],
  );
  const place = () => house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });

  const placed = await place();
  await database.owner("insert into tenant_settlement values ($1, 1, 3, 'debt', $2)", [seat.tenantId, NOW]);

  expect(placed.rulesVersion).toBe(2);
  expect(place()).rejects.toMatchObject({ code: "market_not_bettable" });
  expect(choose(house, seat.tenantId, { rulesVersion: 3 })).rejects.toMatchObject({
    code: "rules_unknown",
    published: [1, 2],
  });
});

test("GET and PUT admin/settlement save the policy whole under the next version, with an audit row, and refuse an older one", async () => {
  await using desk = await openDesk();

  const unsaid = await policy(desk, "GET");
  const saved = await policy(desk, "PUT", { version: 0, rulesVersion: 1, negativeBalance: "write_off" });
  const stale = await policy(desk, "PUT", { version: 0, rulesVersion: 2, negativeBalance: "debt" });
  const read = await policy(desk, "GET");

  expect(await told(unsaid)).toEqual({
    version: 0,
    rulesVersion: null,
    rulesInForce: 2,
    negativeBalance: "debt",
  });
  const after = { version: 1, rulesVersion: 1, rulesInForce: 1, negativeBalance: "write_off" };
  expect([saved.status, await told(saved)]).toEqual([200, after]);
  expect([stale.status, (await told(stale))["code"]]).toEqual([409, "settlement_policy_conflict"]);
  expect(await told(read)).toEqual(after);
  const acts = await desk.stage.database.owner(
    "select actor_kind, action, facts from audit_acts where action like 'settlement%'",
  );
  expect(acts).toEqual([
    {
      actor_kind: "operator",
      action: "settlement_policy.changed",
      facts: {
        version: "1",
        rulesVersion: 1,
        rulesVersionBefore: null,
        negativeBalance: "write_off",
        negativeBalanceBefore: "debt",
      },
    },
  ]);
});

test("PUT admin/settlement refuses rules that nobody published, a policy that nobody knows, and whoever is no operator of the tenant", async () => {
  await using desk = await openDesk();
  const { database } = desk.stage;
  const elsewhere = await arrangeTenant(database, { slug: "zeta" });
  const stranger = await arrangeOperator(database, { tenantId: elsewhere, at: NOW });
  const whole = { version: 0, rulesVersion: 2, negativeBalance: "debt" };

  const unpublished = await policy(desk, "PUT", { ...whole, rulesVersion: 9 });
  const unknown = await policy(desk, "PUT", { ...whole, negativeBalance: "forgive" });
  const foreign = await policy(desk, "PUT", whole, stranger);

  expect([unpublished.status, await told(unpublished)]).toMatchObject([
    422,
    { code: "rules_unknown", published: [1, 2] },
  ]);
  expect([unknown.status, (await told(unknown))["code"]]).toEqual([422, "request_invalid"]);
  expect(foreign.status).toBe(401);
  expect(await database.owner("select from tenant_settlement")).toEqual([]);
});

test("of two changes made from the same version of the policy one is saved", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const tenantId = Bun.randomUUIDv7();
  const change = (negativeBalance: "freeze" | "write_off") =>
    saveSettlementPolicy(
      { tenantId, change: () => ({ rulesVersion: null, negativeBalance }), expectedVersion: 0 },
      { pool: house.pool, at: NOW, actor: async () => ({ tenantId, system: "test" }) },
    );

  const both = await Promise.allSettled([change("freeze"), change("write_off")]);

  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "settlement_policy_conflict" },
  });
});
