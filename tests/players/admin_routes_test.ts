import { expect, setDefaultTimeout, test } from "bun:test";
import { exampleRegistration } from "../../src/players/examples.ts";
import { NOON, openDesk } from "../operators/desk.ts";

setDefaultTimeout(60_000);

interface Item {
  readonly playerId: string;
  readonly state: string;
}

test("an operator lists players by state and by cursor, newest first, without who they are", async () => {
  await using desk = await openDesk();
  const ids = [];
  for (let count = 0; count < 5; count++)
    ids.push(
      (
        await desk.player({
          at: new Date(NOON - 1000 * (5 - count)),
          state: count === 2 ? "unverified" : "verified",
        })
      ).playerId,
    );

  const first = await desk.get("/players?limit=2");
  const second = await desk.get(`/players?limit=2&cursor=${first.body.next}`);
  const last = await desk.get(`/players?limit=2&cursor=${second.body.next}`);
  const unverified = await desk.get("/players?state=unverified");

  const seen = [first, second, last].flatMap(({ body }) => body.items.map(({ playerId }: Item) => playerId));
  expect(seen).toEqual(ids.toReversed());
  expect(last.body.next).toBeNull();
  expect(unverified.body.items.map(({ playerId }: Item) => playerId)).toEqual([ids[2] ?? ""]);
  expect(Object.keys(first.body.items[0]).sort()).toEqual(
    ["coolingOffUntil", "country", "currency", "frozenSince", "playerId", "registeredAt", "state"].sort(),
  );
  expect((await desk.get(`/players/${ids[0]}`)).body).toEqual(last.body.items[0]);
  expect((await desk.get("/players?cursor=x")).body.code).toBe("cursor_invalid");
  expect((await desk.get("/players?state=dead")).body.code).toBe("request_invalid");
});

test("a player is found by e-mail, exact whatever its case, and who looked stays in the audit without the e-mail", async () => {
  await using desk = await openDesk();
  const email = "Ada.Lovelace@example.org";
  const body = { ...exampleRegistration, email };
  const { playerId } = (await desk.ask("POST", "/acme/api/players", { body })).body;

  const found = await desk.get("/players?email=ada.lovelace%40EXAMPLE.org");
  const part = await desk.get("/players?email=lovelace%40example.org");
  const acts = await desk.get("/audit?action=player.searched");

  expect(found.body.items.map((item: Item) => item.playerId)).toEqual([playerId]);
  expect(part.body.items).toEqual([]);
  expect(
    acts.body.items.map(({ subject, facts }: { subject: object; facts: object }) => ({ subject, facts })),
  ).toEqual(
    expect.arrayContaining([
      { subject: { kind: "player", id: playerId }, facts: { by: "email", found: true } },
      { subject: { kind: "tenant", id: desk.tenantId }, facts: { by: "email", found: false } },
    ]),
  );
  expect(acts.text.toLowerCase()).not.toContain("lovelace");
});

test("an operator verifies a player with a reason, once, and then the player may deposit", async () => {
  await using desk = await openDesk();
  const { playerId } = await desk.player({ state: "unverified" });
  const deposit = () => desk.post(`/players/${playerId}/deposits`, { amountMinor: 5, currency: "EUR" });
  const before = await deposit();

  const verified = await desk.put(`/players/${playerId}/state`, {
    state: "verified",
    reason: "passport seen",
  });
  const again = await desk.put(`/players/${playerId}/state`, { state: "verified", reason: "passport seen" });
  const after = await deposit();
  const acts = await desk.get(`/audit?action=player.state_changed`);

  expect([before.body.code, after.status]).toEqual(["player_not_verified", 201]);
  expect([verified.status, verified.body.state, again.status]).toEqual([200, "verified", 200]);
  expect(acts.body.items.map(({ facts }: { facts: object }) => facts)).toEqual([
    { from: "unverified", to: "verified", reason: "passport seen" },
  ]);
});

test("a state that does not follow, no reason, and a player of nobody's are refused", async () => {
  await using desk = await openDesk();
  const { playerId } = await desk.player();
  await desk.put(`/players/${playerId}/state`, { state: "closed", reason: "asked for it" });
  const path = `/players/${playerId}/state`;

  const reopened = await desk.put(path, { state: "verified", reason: "changed their mind" });
  const unexplained = await desk.put(path, { state: "closed" });
  const unknown = await desk.put("/players/01994e0a-3c00-7000-8000-00000000000b/state", {
    state: "closed",
    reason: "x",
  });
  const noId = await desk.get("/players/nonsense");

  expect([reopened.status, reopened.body.code]).toEqual([409, "player_state_final"]);
  expect(unexplained.body.code).toBe("request_invalid");
  expect([unknown.status, unknown.body.code]).toEqual([404, "player_not_found"]);
  expect(noId.body.code).toBe("request_invalid");
});

test("limits that an operator sets hold at once when they are stricter, and a day later when they are not", async () => {
  await using desk = await openDesk();
  const { playerId } = await desk.player();
  const path = `/players/${playerId}/limits`;
  const set = (amountMinor: number | null) =>
    desk.put(path, { items: [{ kind: "deposit", period: "day", amountMinor }], reason: "agreed" });
  const limit = async () => {
    const { body } = await desk.get(path);
    const items: {
      kind: string;
      period: string;
      amountMinor: number | null;
      next: { amountMinor: number } | null;
    }[] = body.items;
    const { amountMinor, next } =
      items.find(({ kind, period }) => kind === "deposit" && period === "day") ?? {};
    return [amountMinor, next?.amountMinor];
  };

  await set(1000);
  expect(await limit()).toEqual([1000, undefined]);
  await set(2000);
  expect(await limit()).toEqual([1000, 2000]);
  await set(500);
  expect(await limit()).toEqual([500, undefined]);
  await set(800);
  desk.stage.skip(86_400_000);
  expect(await limit()).toEqual([800, undefined]);

  const acts = await desk.get("/audit?action=player.limit_set");
  expect(
    acts.body.items.map(({ facts }: { facts: { amountMinor: number } }) => facts.amountMinor).sort(),
  ).toEqual([1000, 2000, 500, 800].sort());
  const unknown = await desk.get("/players/01994e0a-3c00-7000-8000-00000000000b/limits");
  expect(unknown.body.code).toBe("player_not_found");
});

test("nobody but an operator of the tenant sees or changes players", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  const path = `/acme/api/admin/players/${player.playerId}`;

  for (const bearer of [undefined, player.bearer]) {
    const body = { state: "closed", reason: "x" };
    const told = [
      await desk.ask("GET", "/acme/api/admin/players", { bearer }),
      await desk.ask("GET", path, { bearer }),
      await desk.ask("PUT", `${path}/state`, { bearer, body }),
      await desk.ask("GET", `${path}/limits`, { bearer }),
    ];
    expect(told.map(({ status, body: { code } }) => [status, code])).toEqual(
      told.map(() => [401, "operator_key_invalid"]),
    );
  }
});
