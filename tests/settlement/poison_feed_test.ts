import { expect, setDefaultTimeout, test } from "bun:test";
import { readStuckBets } from "../../src/bets/mod.ts";
import { readGoalserveScores } from "../../src/feeds/goalserve_scores.ts";
import { openHouse } from "../bets/betting_house.ts";
import { type Entry, market, match, price, WINNER } from "../feeds/_board.ts";
import { bytesOf } from "../feeds/_read.ts";
import { NOON, openStore } from "../feeds/_store.ts";
import { audit } from "./audit.ts";
import { AFTER, openStepper } from "./stepping.ts";

setDefaultTimeout(60_000);

/** The board's match winner under the names of another day. */
const RENAMED = market("9001", "Full Time Result (90 mins)", [
  price("1", "2.10"),
  price("X", "3.40"),
  price("2", "3.60"),
]);

const onBoard = (id: string, odds: Entry): Entry => match([odds], { id });
const scored = (id: string, [home, away]: readonly [string, string], over: Entry = {}): Entry => ({
  "@id": id,
  "@status": "FT",
  "@formatted_date": "01.03.2025",
  "@time": "15:00",
  localteam: { "@id": "1", "@name": "Harbour Rovers", "@goals": home },
  visitorteam: { "@id": "2", "@name": "Millbrook", "@goals": away },
  ht: { "@score": "" },
  ...over,
});

test("a feed that renames a market, writes a score out of range, one that contradicts itself and a status of its own making holds up no other match of its answer", async () => {
  await using store = await openStore();
  const { database } = store;
  const house = openHouse(database, { clock: { epochMs: () => NOON.getTime() } });
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const ids = { renamed: "501", vast: "502", torn: "503", odd: "504", sound: "505" };
  await store.writeBoard(
    "100",
    Object.values(ids).map((id) => onBoard(id, WINNER)),
  );
  const rows = await database.owner<{ id: string; source_id: string }>(
    "select event_id as id, source_event_id as source_id from events",
  );
  const eventOf = (sourceId: string) => rows.find(({ source_id }) => source_id === sourceId)?.id ?? "";
  const shown = await database.owner<{ numerator: bigint; denominator: bigint }>(
    "select price_numerator as numerator, price_denominator as denominator from prices where outcome = 'home' limit 1",
  );
  const [{ numerator, denominator } = { numerator: 1n, denominator: 1n }] = shown;
  for (const id of Object.values(ids)) {
    const bet = {
      eventId: eventOf(id),
      outcome: "home",
      stakeMinor: 100n,
      price: { numerator, denominator },
    };
    await house.place(seat, { ...bet, leg: { book: "bet365" } });
  }

  await store.writeBoard(
    "200",
    Object.values(ids).map((id) => onBoard(id, id === ids.renamed ? RENAMED : WINNER)),
  );
  const answer = {
    scores: {
      "@sport": "soccer",
      "@updated": "01.03.2025 17:00:00",
      category: {
        "@id": "77",
        "@name": "Nowhere: First League",
        matches: {
          match: [
            scored(ids.renamed, ["2", "1"]),
            scored(ids.vast, ["128", "1"]),
            scored(ids.torn, ["2", "1"], { ft: { "@score": "[3-1]" } }),
            scored(ids.odd, ["2", "1"], { "@status": "Completed?" }),
            scored(ids.sound, ["2", "1"]),
          ],
        },
      },
    },
  };
  const read = { source: "goalserve/soccer", at: NOON };
  await store.write(await readGoalserveScores(bytesOf(JSON.stringify(answer)), read));
  await openStepper(database).drain();

  const states = await database.owner<{ id: string; state: string }>(
    "select source_event_id as id, bets.state from bets join bet_legs using (tenant_id, bet_id) join events using (event_id) order by 1",
  );
  expect(states).toEqual([
    { id: ids.renamed, state: "settled" },
    { id: ids.vast, state: "open" },
    { id: ids.torn, state: "open" },
    { id: ids.odd, state: "open" },
    { id: ids.sound, state: "settled" },
  ]);
  // Two places where a trader looks: what the source said, and which bets wait for it.
  const aside = await database.owner(
    "select source_event_id as id, reason, item from quarantine where reason = 'result_contradicted' order by 1",
  );
  expect(aside).toEqual([
    { id: ids.vast, reason: "result_contradicted", item: "result" },
    { id: ids.torn, reason: "result_contradicted", item: "result" },
  ]);
  await using lease = await house.pool.lease({ tenantId: seat.tenantId });
  const { bets, outcomes } = await readStuckBets(lease.connection, { tenantId: seat.tenantId, at: AFTER });
  expect(bets).toEqual([]);
  expect(new Map(outcomes.map(({ eventId, reason }) => [eventId, reason]))).toEqual(
    new Map([
      [eventOf(ids.vast), "It is not known: score regulation"],
      [eventOf(ids.torn), "It is not known: score regulation"],
      [eventOf(ids.odd), "Nobody has said how the event stands"],
    ]),
  );
  expect(await audit(database)).toEqual([]);
});
