import { expect, setDefaultTimeout, test } from "bun:test";
import type { BetView } from "../../src/bets/mod.ts";
import { until } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";
import { betBody, type Desk, openDesk, SLUG } from "./desk.ts";

setDefaultTimeout(60_000);

/** A bet held up at its very last statement, in front of which the commit is already on its way. */
async function holdUp(desk: Desk, scope: AsyncDisposableStack) {
  const player = await desk.addPlayer();
  const eventId = await desk.addEvent();
  const body = betBody([{ eventId }]);
  expect((await desk.place(player, body)).status).toBe(201);
  const holding = scope.use(
    await desk.house.pool.lease({ access: "write", tenantId: desk.tenantId, deadlineMs: 20_000 }),
  );
  await holding.connection.query("select 1 from exposure_slots order by scope, subject, slot for update");
  const key = crypto.randomUUID();
  const placing = desk.place(player, body, key);
  const waiting = async () => {
    const [row] = await desk.stage.database.owner<{ pid: number }>(
      "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%take_exposure%' and datname = current_database()",
    );
    return row?.pid;
  };
  await until(async () => (await waiting()) !== undefined);
  return { player, body, key, placing, holding, pid: await waiting() };
}

const betsOf = async (desk: Desk, bearer: string) => {
  const response = await desk.stage.ask("GET", `/${SLUG}/api/bets`, { bearer });
  return ((await response.json()) as { items: BetView[] }).items;
};

test("a bet whose commit was lost with its server is found not to be placed, and the same request places it", async () => {
  await using scope = new AsyncDisposableStack();
  const desk = scope.use(await openDesk());
  const { player, body, key, placing, holding, pid } = await holdUp(desk, scope);

  await desk.stage.database.owner("select pg_terminate_backend($1)", [pid]);
  const lost = await placing;
  await holding[Symbol.asyncDispose]();
  const again = await desk.place(player, body, key);

  expect([lost.status, lost.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await lost.json()).toMatchObject({ code: "resubmit_request" });
  expect(again.status).toBe(201);
  expect(await betsOf(desk, player.bearer)).toHaveLength(2);
  expect(await audit(desk.stage.database)).toEqual([]);
});

test("a bet that cannot be told of is 503 with a time to ask again, and asking again tells", async () => {
  await using scope = new AsyncDisposableStack();
  const desk = scope.use(await openDesk());
  const { player, body, key, placing, holding } = await holdUp(desk, scope);

  await desk.stage.postgres.set("refuse");
  const unknown = await placing;
  await desk.stage.postgres.set("pass");
  await holding[Symbol.asyncDispose]();
  let again = await desk.place(player, body, key);
  await until(async () => {
    again = await desk.place(player, body, key);
    return again.status === 201;
  });

  expect([unknown.status, unknown.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await betsOf(desk, player.bearer)).toHaveLength(2);
  expect(((await again.json()) as BetView).betId).toBeString();
  expect(await audit(desk.stage.database)).toEqual([]);
});

test("a bet that waits past its deadline is 503, and nothing of it is left", async () => {
  await using scope = new AsyncDisposableStack();
  const desk = scope.use(await openDesk());
  const { player, body, key, placing, holding } = await holdUp(desk, scope);

  const late = await placing;
  await holding[Symbol.asyncDispose]();
  const before = await betsOf(desk, player.bearer);
  const again = await desk.place(player, body, key);

  expect(late.status).toBe(503);
  expect(before).toHaveLength(1);
  expect(again.status).toBe(201);
  expect(await audit(desk.stage.database)).toEqual([]);
});
