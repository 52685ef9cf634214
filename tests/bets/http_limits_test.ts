import { expect, setDefaultTimeout, test } from "bun:test";
import type { BetView } from "../../src/bets/mod.ts";
import { arrangePlayer } from "../app/players.ts";
import { until } from "../harness/mod.ts";
import { NOW } from "./betting_house.ts";
import { betBody, type Desk, openDesk, SLUG } from "./desk.ts";

setDefaultTimeout(60_000);

const ANY = {
  playerId: null,
  eventId: null,
  marketType: null,
  period: null,
  label: null,
  lineQuarters: null,
  outcome: null,
  stakeMinMinor: null,
  stakeMaxMinor: null,
  payoutMaxMinor: null,
  eventExposureMaxMinor: null,
  outcomeExposureMaxMinor: null,
};
const of = (scope: string, more: object) => ({ currency: "EUR", scope, ...more });
const limits = (desk: Desk, method: "GET" | "PUT", body?: unknown, bearer = desk.operator) =>
  desk.stage.ask(method, `/${SLUG}/api/admin/limits`, { bearer, ...(body !== undefined && { body }) });
const told = async (response: Response) => (await response.json()) as Record<string, unknown>;

test("limits are saved whole under the next version, read back, and audited", async () => {
  await using desk = await openDesk();
  const row = of("event", { eventId: crypto.randomUUID(), stakeMaxMinor: 100 });

  const none = await told(await limits(desk, "GET"));
  const saved = await limits(desk, "PUT", { version: 0, bettingOpen: false, limits: [row] });
  const stale = await limits(desk, "PUT", { version: 0, bettingOpen: true, limits: [] });

  expect(none).toEqual({ version: 0, bettingOpen: true, limits: [] });
  expect([saved.status, stale.status]).toEqual([200, 409]);
  expect(await told(saved)).toMatchObject({ version: 1, bettingOpen: false, placementsOver: true });
  expect(await told(stale)).toMatchObject({ code: "limits_version_conflict" });
  expect(await told(await limits(desk, "GET"))).toEqual({
    version: 1,
    bettingOpen: false,
    limits: [{ ...ANY, ...row }],
  });
  expect(
    await desk.stage.database.owner("select action, facts from audit_acts where subject_kind = 'tenant'"),
  ).toEqual([
    { action: "limits.changed", facts: { version: "1", bettingOpen: false, wasOpen: true, limits: "1" } },
  ]);
});

test("limits that do not hold together are refused with every fault, and nobody but an operator of the tenant may ask", async () => {
  await using desk = await openDesk();
  const player = await desk.addPlayer();
  const faulty = [
    of("event", {}),
    of("player", { outcomeExposureMaxMinor: 5 }),
    of("tenant", { stakeMinMinor: 5, stakeMaxMinor: 4, currency: "XXX" }),
  ];

  const refused = await limits(desk, "PUT", { version: 0, bettingOpen: true, limits: faulty });
  const nobody = await limits(desk, "GET", undefined, player.bearer);

  expect(refused.status).toBe(422);
  expect(await told(refused)).toMatchObject({
    code: "limits_invalid",
    faults: [
      { path: "limits.0.eventId", reason: "is missing: the scope is event" },
      { path: "limits.1.playerId", reason: "is missing: the scope is player" },
      { path: "limits.1.outcomeExposureMaxMinor", reason: "does not go with the scope player" },
      { path: "limits.2.currency", reason: "is none of ISO 4217" },
      { path: "limits.2.stakeMinMinor", reason: "is above stakeMaxMinor" },
    ],
  });
  expect(nobody.status).toBe(401);
});

test("of all limits that name a bet the strictest holds, and the refusal carries the range that is left", async () => {
  await using desk = await openDesk();
  const player = await desk.addPlayer();
  const [eventId, other] = [await desk.addEvent(), await desk.addEvent()];
  const market = { marketType: "1x2" };
  await desk.setLimits([
    of("tenant", { stakeMinMinor: 100, stakeMaxMinor: 9000, payoutMaxMinor: 20_000 }),
    of("event", { eventId, stakeMaxMinor: 5000 }),
    of("market", { ...market, stakeMinMinor: 150 }),
    of("outcome", { ...market, eventId, outcome: "draw", stakeMaxMinor: 700 }),
    of("player", { playerId: player.playerId, stakeMaxMinor: 8000 }),
    { ...of("tenant", { stakeMaxMinor: 1 }), currency: "USD" },
  ]);
  const stake = async (legs: Parameters<typeof betBody>[0], stakeMinor: number) => {
    const response = await desk.place(player, betBody(legs, { stakeMinor }));
    const { code, minMinor, maxMinor, bound } = await told(response);
    return response.status === 201 ? "placed" : [code, minMinor, maxMinor, bound];
  };

  expect(await stake([{ eventId }], 149)).toEqual(["below_min_bet_amount", 150, 5000, undefined]);
  expect(await stake([{ eventId }], 5001)).toEqual(["above_max_bet_amount", 150, 5000, "stake"]);
  expect(await stake([{ eventId, outcome: "draw" }], 701)).toEqual([
    "above_max_bet_amount",
    150,
    700,
    "stake",
  ]);
  expect(await stake([{ eventId: other }], 8001)).toEqual(["above_max_bet_amount", 150, 8000, "stake"]);
  // 20,000 / (9/4)² = 3950.6
  expect(await stake([{ eventId }, { eventId: other }], 4000)).toEqual([
    "above_max_bet_amount",
    150,
    3950,
    "payout",
  ]);
  expect(await stake([{ eventId }, { eventId: other }], 3950)).toBe("placed");
  const [{ items }] = [await told(await desk.stage.ask("GET", `/${SLUG}/api/bets`, player))] as [
    { items: BetView[] },
  ];
  expect(items[0]?.limitsVersion).toBe(1);
});

test("what the brand advertises binds too, where the currency is the same, and without any word small limits hold", async () => {
  await using desk = await openDesk();
  const player = await desk.addPlayer({ depositMinor: 10_000_000n });
  const yen = await desk.addPlayer({ currency: "JPY", depositMinor: 10_000_000n });
  const eventId = await desk.addEvent();
  const most = async (who: typeof player, currency: string) => {
    const response = await desk.place(who, betBody([{ eventId }], { stakeMinor: 5_000_000, currency }));
    const { minMinor, maxMinor, bound } = await told(response);
    return [minMinor, maxMinor, bound];
  };

  const before = [await most(player, "EUR"), await most(yen, "JPY")];
  await desk.stage.database.owner(
    "insert into branding (tenant_id, version, document, updated_at) values ($1, 1, $2, $3)",
    [
      desk.tenantId,
      { betting: { currency: "EUR", minStakeMinor: 50, maxStakeMinor: 4000, maxPayoutMinor: 90_000 } },
      NOW,
    ],
  );

  expect(before).toEqual([
    [1, 100_000, "stake"],
    [1, 1000, "stake"],
  ]);
  expect([await most(player, "EUR"), await most(yen, "JPY")]).toEqual([
    [50, 4000, "stake"],
    [1, 1000, "stake"],
  ]);
});

test("with its switch off a tenant takes no bet at all, and again with it on", async () => {
  await using desk = await openDesk();
  const player = await desk.addPlayer();
  const body = betBody([{ eventId: await desk.addEvent() }]);
  await desk.setLimits([], { bettingOpen: false });

  const closed = await desk.place(player, body);
  await desk.setLimits([], { bettingOpen: true });
  const open = await desk.place(player, body);

  expect([closed.status, (await told(closed))["code"], open.status]).toEqual([
    409,
    "all_betting_closed",
    201,
  ]);
});

test("a change of limits returns when placements that began before are over, and says so if one hangs", async () => {
  await using desk = await openDesk();
  await using placing = await desk.house.pool.lease({
    access: "write",
    tenantId: desk.tenantId,
    deadlineMs: 20_000,
  });
  await placing.connection.query("select limits_lock_shared($1)", [desk.tenantId]);
  let answered = false;

  const changing = limits(desk, "PUT", { version: 0, bettingOpen: false, limits: [] }).then(
    async (response) => {
      answered = true;
      return await told(response);
    },
  );
  await until(async () => (await desk.stage.database.owner("select 1 from tenant_betting")).length > 0);
  const early = answered;

  expect([early, await changing]).toEqual([
    false,
    expect.objectContaining({ version: 1, placementsOver: false }),
  ]);
});

test("where money is live, a bet is refused to a country that is not the brand's", async () => {
  await using desk = await openDesk({ money: "live", isMoneyChecked: () => true });
  const document = {
    betting: { currency: "EUR" },
    compliance: {
      licenceNumber: "L1",
      regulator: "R",
      countries: ["MT"],
      ageMark: "18+",
      helpUrl: "https://h.example/",
    },
  };
  await desk.stage.database.owner(
    "insert into branding (tenant_id, version, document, updated_at) values ($1, 1, $2, $3)",
    [desk.tenantId, document, NOW],
  );
  const eventId = await desk.addEvent();
  const here = await desk.addPlayer();
  const abroad = await arrangePlayer(desk.stage.database, {
    tenantId: desk.tenantId,
    at: NOW,
    country: "FR",
  });

  const placed = await desk.place(here, betBody([{ eventId }]));
  const refused = await desk.place(abroad, betBody([{ eventId }]));

  expect([placed.status, refused.status, (await told(refused))["code"]]).toEqual([
    201,
    403,
    "invalid_country",
  ]);
});
