import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { coolOff, excludePlayer, setPlayerLimit } from "../../src/players/mod.ts";
import type { Connection } from "../../src/pool/mod.ts";
import type { ArrangedPlayer } from "../app/players.ts";
import { publishedOperations } from "../contract/document.ts";
import { NOW } from "./betting_house.ts";
import { betBody, type Desk, openDesk } from "./desk.ts";

setDefaultTimeout(60_000);

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

/** What is done in a player's own transaction before the bet. */
async function as(player: ArrangedPlayer, work: (connection: Connection) => Promise<unknown>): Promise<void> {
  await using lease = await desk.house.pool.lease({ access: "write", tenantId: player.tenantId });
  await work(lease.connection);
  await lease.commit();
}

interface Case {
  readonly status: number;
  /** Arranges what stands against the bet and gives the bet that meets it. */
  readonly arrange: () => Promise<{
    readonly player?: ArrangedPlayer;
    readonly body?: unknown;
    readonly key?: string;
  }>;
  /** Members of the problem beside the usual ones. */
  readonly members?: object;
}

const sql = (text: string, values: readonly unknown[]) => desk.stage.database.owner(text, values);
const single = async (
  event: Parameters<Desk["addEvent"]>[0] = {},
  leg: object = {},
  more: Readonly<Record<string, unknown>> = {},
) => betBody([{ eventId: await desk.addEvent(event), ...leg }], more);
const limitedPlayer = async (kind: "stake" | "loss") => {
  const player = await desk.addPlayer();
  await as(player, (connection) =>
    setPlayerLimit(connection, { ...player, kind, period: "day", amountMinor: 800n, at: NOW }),
  );
  expect((await desk.place(player, await single())).status).toBe(201);
  return { player, body: await single() };
};

/** Every code of the closed list, and how a client meets it. */
const CASES: Readonly<Record<string, Case>> = {
  idempotency_key_missing: { status: 400, arrange: async () => ({ body: await single(), key: "" }) },
  token_invalid: {
    status: 401,
    arrange: async () => ({ player: { bearer: "none" } as ArrangedPlayer, body: await single() }),
  },
  session_ended: {
    status: 401,
    async arrange() {
      const player = await desk.addPlayer();
      await sql("update player_sessions set ended_at = created_at where session_id = $1", [player.sessionId]);
      return { player };
    },
  },
  player_not_verified: {
    status: 403,
    arrange: async () => ({ player: await desk.addPlayer({ state: "unverified", depositMinor: 0n }) }),
  },
  player_cooling_off: {
    status: 403,
    members: { until: "2025-09-20T12:00:00.000Z" },
    async arrange() {
      const player = await desk.addPlayer();
      await as(player, (connection) => coolOff(connection, { ...player, days: 1, at: NOW }));
      return { player };
    },
  },
  player_excluded: {
    status: 403,
    members: { until: null },
    async arrange() {
      const player = await desk.addPlayer();
      await as(player, (connection) => excludePlayer(connection, { ...player, term: "permanent", at: NOW }));
      return { player };
    },
  },
  blocked_client: {
    status: 403,
    async arrange() {
      const player = await desk.addPlayer();
      await sql("update players set state = 'closed' where player_id = $1", [player.playerId]);
      return { player };
    },
  },
  responsible_betting_stake_limit_exceeded: {
    status: 403,
    members: { period: "day", limitMinor: 800, remainingMinor: 300 },
    arrange: () => limitedPlayer("stake"),
  },
  responsible_betting_loss_limit_exceeded: {
    status: 403,
    members: { period: "day", limitMinor: 800, remainingMinor: 300 },
    arrange: () => limitedPlayer("loss"),
  },
  selection_unknown: {
    status: 409,
    arrange: async () => ({ body: await single({}, { outcome: "nobody" }) }),
  },
  market_not_bettable: { status: 409, arrange: async () => ({ body: await single({ sport: "hockey" }) }) },
  offline_event: {
    status: 409,
    members: { eventStatus: "live" },
    arrange: async () => ({ body: await single({ status: "live" }) }),
  },
  past_cutoff_time: {
    status: 409,
    members: { startsAt: NOW.toISOString() },
    arrange: async () => ({ body: await single({ startsAt: NOW }) }),
  },
  betting_suspended: { status: 409, arrange: async () => ({ body: await single({ suspended: true }) }) },
  price_stale: {
    status: 409,
    async arrange() {
      const body = await single();
      const [leg] = body["legs"] as { eventId: string }[];
      await sql("update events set source = 'silent' where event_id = $1", [leg?.eventId]);
      return { body };
    },
  },
  line_changed: {
    status: 409,
    members: {
      legs: [
        {
          legNumber: 1,
          eventId: expect.any(String),
          code: "line_changed",
          fraction: { numerator: "9", denominator: "4" },
        },
      ],
    },
    arrange: async () => ({ body: await single({}, { fraction: { numerator: "5", denominator: "2" } }) }),
  },
  invalid_legs: {
    status: 409,
    members: {
      legs: [
        {
          legNumber: 1,
          eventId: expect.any(String),
          code: "betting_suspended",
          fraction: { numerator: "9", denominator: "4" },
        },
        {
          legNumber: 2,
          eventId: expect.any(String),
          code: null,
          fraction: { numerator: "9", denominator: "4" },
        },
        { legNumber: 3, eventId: expect.any(String), code: "selection_unknown", fraction: null },
      ],
    },
    arrange: async () => ({
      body: betBody([
        { eventId: await desk.addEvent({ suspended: true }) },
        { eventId: await desk.addEvent() },
        { eventId: crypto.randomUUID() },
      ]),
    }),
  },
  correlated: {
    status: 422,
    async arrange() {
      const eventId = await desk.addEvent();
      return {
        body: betBody([{ eventId }, { eventId, outcome: "draw" }, { eventId: await desk.addEvent() }]),
      };
    },
    members: {
      legs: [
        { legNumber: 1, code: "correlated" },
        { legNumber: 2, code: "correlated" },
        { legNumber: 3, code: null },
      ],
    },
  },
  too_many_legs: {
    status: 422,
    members: { legsMax: 20 },
    arrange: async () => ({
      body: betBody(Array.from({ length: 21 }, () => ({ eventId: crypto.randomUUID() }))),
    }),
  },
  currency_mismatch: {
    status: 422,
    members: { currency: "EUR" },
    arrange: async () => ({ body: await single({}, {}, { currency: "USD" }) }),
  },
  above_max_bet_amount: {
    status: 422,
    members: { minMinor: 1, maxMinor: 100_000, bound: "stake" },
    arrange: async () => ({ body: await single({}, {}, { stakeMinor: 100_001 }) }),
  },
  insufficient_funds: {
    status: 409,
    members: { balanceMinor: 400, neededMinor: 500 },
    arrange: async () => ({ player: await desk.addPlayer({ depositMinor: 400n }), body: await single() }),
  },
  idempotency_key_reused: {
    status: 422,
    async arrange() {
      const player = await desk.addPlayer();
      const key = crypto.randomUUID();
      expect((await desk.place(player, await single(), key)).status).toBe(201);
      return { player, key };
    },
  },
  request_invalid: { status: 422, arrange: async () => ({ body: await single({}, {}, { balance: 1 }) }) },
};

test.each(Object.entries(CASES))(
  "POST bets answers %s with its problem, and takes nothing",
  async (code, one) => {
    const { player = await desk.addPlayer(), body = await single(), key } = await one.arrange();
    const before = await sql("select count(*) as bets from bets", []);

    const response = await desk.place(player, body as object, key);

    const problem = (await response.json()) as { readonly code: string };
    expect([problem.code, response.status]).toEqual([code, one.status]);
    expect(problem).toMatchObject({ type: `/docs/problems#${code}`, status: one.status, ...one.members });
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await sql("select count(*) as bets from bets", [])).toEqual(before);
  },
);

test("every code that the contract lists for placing a bet is reached here or in a file of its own", () => {
  const operation = publishedOperations().find(({ operationId }) => operationId === "placeBet");
  const listed = Object.values(operation?.responses ?? {}).flatMap((response) =>
    Object.keys(
      (response.content?.["application/problem+json"] as { examples?: object } | undefined)?.examples ?? {},
    ),
  );
  // The edge's and the tenants' own, and those that need another world: a limit, a lost commit, a licence, a switch.
  const elsewhere = [
    ...["host_invalid", "tenant_not_found", "tenant_suspended", "tenant_undetermined", "internal_error"],
    ...[
      "database_unavailable",
      "body_unreadable",
      "length_required",
      "body_too_large",
      "players_unconfigured",
    ],
    ...["invalid_country", "tenant_not_licensed", "money_unchecked"],
    ...[
      "below_min_bet_amount",
      "all_betting_closed",
      "player_frozen",
      "request_in_progress",
      "resubmit_request",
    ],
  ];

  expect(listed.sort()).toEqual([...Object.keys(CASES), ...elsewhere].sort());
});

test("a token of another tenant is worthless, whatever the body says of tenant, player, balance or price", async () => {
  const stranger = await desk.addPlayer({ tenantId: Bun.randomUUIDv7() });
  const body = await single();

  const foreign = await desk.place(stranger, body);
  const told = [];
  for (const field of ["tenantId", "playerId", "balanceMinor", "potentialReturnMinor"])
    told.push((await desk.place(await desk.addPlayer(), { ...body, [field]: crypto.randomUUID() })).status);

  expect([foreign.status, ((await foreign.json()) as { code: string }).code]).toEqual([401, "token_invalid"]);
  expect(told).toEqual([422, 422, 422, 422]);
});
