import { expect, setDefaultTimeout, test } from "bun:test";
import { NOON, openDesk } from "../operators/desk.ts";

setDefaultTimeout(60_000);

interface Item {
  readonly transferId: string;
  readonly kind: string;
  readonly amountMinor: number;
  readonly balanceMinor: number;
}

test("a wallet that no money has met is empty, and has no entries", async () => {
  await using desk = await openDesk();
  const player = await desk.player();

  const wallet = await desk.wallet(player);
  const entries = await desk.ask("GET", "/acme/api/wallet/entries", player);

  expect([wallet.status, wallet.body]).toEqual([
    200,
    {
      playerId: player.playerId,
      ...{ currency: "EUR", exponent: 2, cashMinor: 0, heldMinor: 0, bonusMinor: 0 },
      at: new Date(NOON).toISOString(),
    },
  ]);
  expect(entries.body).toEqual({ currency: "EUR", exponent: 2, items: [], next: null });
});

test("a wallet is read as it was at any past moment", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  const { playerId } = player;
  const at = (ms: number) => new Date(NOON + ms).toISOString();
  await desk.post(`/players/${playerId}/deposits`, { amountMinor: 1000, currency: "EUR" });
  desk.stage.skip(60_000);
  await desk.post(`/players/${playerId}/withdrawals`, { amountMinor: 300, currency: "EUR" });
  desk.stage.skip(60_000);
  await desk.post(`/players/${playerId}/adjustments`, {
    amountMinor: 5,
    currency: "EUR",
    reason: "x",
    part: "bonus",
  });

  const read = async (ms: number) => {
    const own = (await desk.wallet(player, `?at=${at(ms)}`)).body;
    const seen = (await desk.get(`/players/${playerId}/wallet?at=${at(ms)}`)).body;
    expect(seen).toEqual(own);
    return [own.cashMinor, own.bonusMinor];
  };

  expect(await read(-1)).toEqual([0, 0]);
  expect(await read(0)).toEqual([1000, 0]);
  expect(await read(59_999)).toEqual([1000, 0]);
  expect(await read(60_000)).toEqual([700, 0]);
  expect(await read(119_999)).toEqual([700, 0]);
  expect(await read(120_000)).toEqual([700, 5]);
  expect((await desk.wallet(player, "?at=yesterday")).body.code).toBe("request_invalid");
});

test("entries come newest first, a page at a time, each with what was there after it", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  const amounts = [500, 20, 30, 40, 50, 60, 70];
  for (const amountMinor of amounts) {
    await desk.post(`/players/${player.playerId}/deposits`, { amountMinor, currency: "EUR" });
    desk.stage.skip(1000);
  }
  await desk.post(`/players/${player.playerId}/withdrawals`, { amountMinor: 700, currency: "EUR" });
  const seen: Item[] = [];

  let cursor = "";
  for (let pages = 0; pages < 10; pages++) {
    const path = `/acme/api/wallet/entries?limit=3${cursor === "" ? "" : `&cursor=${cursor}`}`;
    const { body } = await desk.ask("GET", path, player);
    seen.push(...body.items);
    if (body.next === null) break;
    cursor = body.next;
    // What is added meanwhile is on no later page.
    await desk.post(`/players/${player.playerId}/deposits`, { amountMinor: 1, currency: "EUR" });
  }

  expect(seen.map(({ kind, amountMinor, balanceMinor }) => [kind, amountMinor, balanceMinor])).toEqual([
    ["withdrawal", -700, 70],
    ["deposit", 70, 770],
    ["deposit", 60, 700],
    ["deposit", 50, 640],
    ["deposit", 40, 590],
    ["deposit", 30, 550],
    ["deposit", 20, 520],
    ["deposit", 500, 500],
  ]);
  expect(new Set(seen.map(({ transferId }) => transferId)).size).toBe(8);
});

test("entries are of one part of the wallet, cash unless said otherwise", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  await desk.post(`/players/${player.playerId}/deposits`, { amountMinor: 5, currency: "EUR" });
  const gift = { amountMinor: 7, currency: "EUR", reason: "welcome", part: "bonus" };
  await desk.post(`/players/${player.playerId}/adjustments`, gift);
  const amounts = async (account: string) =>
    (await desk.ask("GET", `/acme/api/wallet/entries?account=${account}`, player)).body.items.map(
      ({ amountMinor }: Item) => amountMinor,
    );

  expect([await amounts("cash"), await amounts("bonus"), await amounts("held")]).toEqual([[5], [7], []]);
});

test("a cursor that is none, a limit out of bounds and an account of nobody's are refused", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  const code = async (query: string) =>
    (await desk.ask("GET", `/acme/api/wallet/entries?${query}`, player)).body.code;

  expect(await code("cursor=nonsense")).toBe("cursor_invalid");
  expect(await code("limit=0")).toBe("request_invalid");
  expect(await code("limit=201")).toBe("request_invalid");
  expect(await code("account=clearing")).toBe("request_invalid");
});

test("a wallet is shown to its player alone, at its own tenant, while the session stands", async () => {
  await using desk = await openDesk();
  const player = await desk.player();
  await desk.stage.tenant({ slug: "bravo" });
  const code = async (path: string, bearer: string | undefined) => {
    const { status, body } = await desk.ask("GET", path, { bearer });
    return [status, body.code];
  };

  expect(await code("/acme/api/wallet", undefined)).toEqual([401, "token_invalid"]);
  expect(await code("/acme/api/wallet", desk.bearer)).toEqual([401, "token_invalid"]);
  expect(await code("/bravo/api/wallet", player.bearer)).toEqual([401, "token_invalid"]);
  expect(await code("/nobody/api/wallet", player.bearer)).toEqual([404, "tenant_not_found"]);
  await desk.ask("DELETE", "/acme/api/sessions/current", player);
  expect(await code("/acme/api/wallet", player.bearer)).toEqual([401, "session_ended"]);
  expect(await code("/acme/api/wallet/entries", player.bearer)).toEqual([401, "session_ended"]);
});
