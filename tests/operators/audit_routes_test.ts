import { expect, setDefaultTimeout, test } from "bun:test";
import { arrangeOperator } from "../app/operators.ts";
import { NOON, openDesk } from "./desk.ts";

setDefaultTimeout(60_000);

test("the audit is read newest first, a page at a time, of one subject or one kind of act", async () => {
  await using desk = await openDesk();
  const players = [await desk.player(), await desk.player()];
  for (const amountMinor of [1, 2, 3]) {
    for (const { playerId } of players)
      await desk.post(`/players/${playerId}/deposits`, { amountMinor, currency: "EUR" });
    desk.stage.skip(1000);
  }
  const read = async (query: string) => {
    const seen: { action: string; subject: { id: string }; facts: { amountMinor: number }; at: string }[] =
      [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { body } = await desk.get(`/audit?${query}${cursor === "" ? "" : `&cursor=${cursor}`}`);
      seen.push(...body.items);
      cursor = body.next;
    }
    return seen;
  };

  const whole = await read("limit=2");
  const ofOne = await read(`limit=1&subjectId=${players[0]?.playerId}`);
  const keys = await read("action=operator_key.created");

  expect(whole.map(({ action }) => action)).toEqual([
    ...Array.from({ length: 6 }, () => "deposit"),
    "operator_key.created",
  ]);
  expect(whole.map(({ at }) => Date.parse(at) - NOON)).toEqual([2000, 2000, 1000, 1000, 0, 0, 0]);
  expect(ofOne.map(({ facts }) => facts.amountMinor)).toEqual([3, 2, 1]);
  expect(keys).toHaveLength(1);
  expect((await desk.get("/audit?cursor=nonsense")).body.code).toBe("cursor_invalid");
  expect((await desk.get("/audit?limit=0")).body.code).toBe("request_invalid");
});

test("an operator sees the acts of its own tenant alone", async () => {
  await using desk = await openDesk();
  const tenantId = await desk.stage.tenant({ slug: "bravo" });
  const bearer = await arrangeOperator(desk.stage.database, {
    tenantId,
    at: new Date(NOON),
    name: "bravo desk",
  });
  const { playerId } = await desk.player();
  await desk.post(`/players/${playerId}/deposits`, { amountMinor: 5, currency: "EUR" });

  const seen = await desk.ask("GET", "/bravo/api/admin/audit", { bearer });

  expect(seen.body.items.map(({ facts }: { facts: unknown }) => facts)).toEqual([
    { name: "bravo desk", expiresAt: null },
  ]);
});

test("a change that is rolled back leaves no audit row, and every one that stands has one", async () => {
  await using desk = await openDesk();
  const { playerId } = await desk.player();
  await desk.post(`/players/${playerId}/deposits`, { amountMinor: 5, currency: "EUR" });
  await desk.post(`/players/${playerId}/withdrawals`, { amountMinor: 6, currency: "EUR" });
  await desk.post(`/players/${playerId}/adjustments`, { amountMinor: -6, currency: "EUR", reason: "x" });

  const acts = (await desk.get(`/audit?subjectId=${playerId}`)).body.items;

  expect(acts.map(({ action }: { action: string }) => action)).toEqual(["deposit"]);
});
