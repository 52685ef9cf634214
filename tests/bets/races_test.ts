import { expect, setDefaultTimeout, test } from "bun:test";
import { changePlayerState } from "../../src/players/mod.ts";
import { openDatabase } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";
import { KICK_OFF, NOW, openHouse } from "./betting_house.ts";

setDefaultTimeout(60_000);

test("placeBet for one player many times at once never takes more than there is", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();

  const answers = await Promise.allSettled(
    Array.from({ length: 24 }, () => house.place(seat, { eventId, outcome: "home", stakeMinor: 150n })),
  );

  const refused = answers.filter((answer) => answer.status === "rejected");
  expect(answers.length - refused.length).toBe(6);
  expect(refused.map(({ reason }) => reason.code)).toEqual(refused.map(() => "insufficient_funds"));
  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 100n, heldMinor: 900n });
  expect(await audit(database)).toEqual([]);
});

test("placeBet waits for a result that is being recorded, and then refuses", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const feeds = database.pool("linehold_odds");
  await using recording = await feeds.lease({ access: "write" });
  await recording.connection.query("select event_lock($1)", [eventId]);
  await recording.connection.execute(
    `insert into results (event_id, version, state, home_score, away_score, source, recorded_at)
     values ($1, 1, 'final', 1, 0, 'fixture', $2)`,
    [eventId, NOW],
  );

  const placing = house
    .place(seat, { eventId, outcome: "home", stakeMinor: 1n })
    .catch((error: unknown) => error);
  const early = await Promise.race([placing, Bun.sleep(100)]);
  await recording.commit();

  expect(early).toBeUndefined();
  expect(await placing).toMatchObject({ code: "offline_event" });
});

test("placeBet of a player who is being excluded waits for it, and then refuses", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  await using excluding = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
  await changePlayerState(excluding.connection, { ...seat, to: "excluded", at: NOW });

  const placing = house
    .place(seat, { eventId, outcome: "home", stakeMinor: 1n })
    .catch((error: unknown) => error);
  const early = await Promise.race([placing, Bun.sleep(100)]);
  await excluding.commit();

  expect(early).toBeUndefined();
  expect(await placing).toMatchObject({ code: "player_excluded" });
});

test("placeBet that had to wait past the kick-off is refused", async () => {
  await using database = await openDatabase();
  let now = KICK_OFF.getTime() - 1;
  const house = openHouse(database, { clock: { epochMs: () => now } });
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  await database.owner("update feeds set last_good_at = $1", [KICK_OFF]);
  await using holding = await database.pool("linehold_odds").lease({ access: "write" });
  await holding.connection.query("select event_lock($1)", [eventId]);

  const placing = house
    .place(seat, { eventId, outcome: "home", stakeMinor: 1n })
    .catch((error: unknown) => error);
  await Bun.sleep(100);
  now += 1;
  await holding.commit();

  expect(await placing).toMatchObject({ code: "past_cutoff_time" });
});
