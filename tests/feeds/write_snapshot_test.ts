import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { board, line, market, match, price, WINNER } from "./_board.ts";
import { readBoard } from "./_read.ts";
import { NOON, openStore } from "./_store.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const LATER = new Date("2025-03-01T12:01:00Z");
const OPEN = ["away 18/5", "draw 17/5", "home 21/10"];

describe("writeSnapshot", () => {
  test("stores events, prices and the poll, and counts each row", async () => {
    await using store = await openStore();
    const scorers = market("990001", "Best Beard", [price("J. Nobody", "1.00"), price("A. Nother", "4.50")]);
    const total = market("5", "Goals Over/Under", [line("total", "2.5", [price("Over", "1.90")])]);

    const report = await store.writeBoard("100", [match([WINNER, total, scorers])]);

    expect(report).toMatchObject({ outcome: "written", changed: 7 });
    expect(await store.prices()).toEqual([...OPEN, "over 19/10", "A. Nother 9/2"]);
    const [event] = await store.database.owner("select * from events");
    expect(event).toMatchObject({
      source: "goalserve/soccer",
      source_event_id: "501",
      home: "Harbour Rovers",
      away: "Millbrook",
      status: "scheduled",
      starts_at: new Date("2025-03-01T15:00:00Z"),
      source_version: 100n,
      updated_at: NOON,
    });
    const rows = await store.database.owner(
      "select line_quarters, label, market_type from prices where line_quarters is not null",
    );
    expect(rows).toEqual([{ line_quarters: 10, label: "", market_type: "total" }]);
    expect(await store.database.owner("select reason, item, sample, seen from quarantine")).toEqual([
      {
        reason: "price_not_above_one",
        item: "bet365/unknown/unknown/Best Beard//J. Nobody",
        sample: { market: "Best Beard", line: "", outcome: "J. Nobody", price: "1.00" },
        seen: 1,
      },
    ]);
    const polled = "select source, last_poll_at, last_good_at, source_version from feeds";
    expect(await store.database.owner(polled)).toEqual([
      { source: "goalserve/soccer", last_poll_at: NOON, last_good_at: NOON, source_version: 100n },
    ]);
  });

  test("changes nothing the second time, and not one row's time", async () => {
    await using store = await openStore();
    const odd = market("990001", "Best Beard", [price("J. Nobody", "1.00")]);
    await store.writeBoard("100", [match([WINNER, odd])]);

    const report = await store.writeBoard("100", [match([WINNER, odd])], LATER);

    expect(report).toEqual({ outcome: "written", changed: 0 });
    const [times] = await store.database.owner(
      "select max(p.updated_at) as price, max(e.updated_at) as event, max(q.last_seen_at) as seen from prices p, events e, quarantine q",
    );
    expect(times).toEqual({ price: NOON, event: NOON, seen: NOON });
  });

  test("writes only what changed, under the same event id", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER]), match([WINNER], { id: "502" })]);
    const before = await idsOf();
    const dearer = market("1", "Match Winner", [
      price("Home", "2.25"),
      price("Draw", "3.40"),
      price("Away", "3.60"),
    ]);

    const report = await store.writeBoard("200", [match([dearer]), match([WINNER], { id: "502" })], LATER);

    expect(report.changed).toBe(2);
    expect(await idsOf()).toEqual(before);
    const changed = await store.database.owner("select outcome from prices where updated_at = $1", [LATER]);
    expect(changed).toEqual([{ outcome: "home" }]);
    const versions = await store.database.owner(
      "select source_event_id, source_version from events order by 1",
    );
    expect(versions).toEqual([
      { source_event_id: "501", source_version: 200n },
      { source_event_id: "502", source_version: 100n },
    ]);

    function idsOf() {
      return store.database.owner("select source_event_id, event_id from events order by 1");
    }
  });

  test("suspends what the next state does not name: a price, a market, a match", async () => {
    await using store = await openStore();
    const goals = market("15", "Both Teams To Score", [price("Yes", "1.80"), price("No", "1.95")]);
    await store.writeBoard("100", [match([WINNER, goals]), match([WINNER], { id: "502" })]);

    const fewer = market("1", "Match Winner", [price("Home", "2.10"), price("Away", "3.60")]);
    const report = await store.writeBoard("200", [match([fewer])], LATER);

    expect(report.changed).toBe(1 + 3 + 3);
    const open = await store.database.owner(
      "select source_event_id, outcome from prices join events using (event_id) where not suspended order by outcome",
    );
    expect(open).toEqual([
      { source_event_id: "501", outcome: "away" },
      { source_event_id: "501", outcome: "home" },
    ]);
    expect(await store.writeBoard("300", [], LATER)).toEqual({ outcome: "written", changed: 2 });
  });

  test("opens again what is named again", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);
    await store.writeBoard("200", [match([])]);

    await store.writeBoard("300", [match([WINNER])]);

    expect(await store.prices()).toEqual(OPEN);
  });

  test("suspends a stored price that becomes implausible, and keeps what it last was", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);
    const closed = market("1", "Match Winner", [
      price("Home", "1.00"),
      price("Draw", "1.00", "True"),
      price("Away", "3.60"),
    ]);

    await store.writeBoard("200", [match([closed])]);

    expect(await store.prices()).toEqual(["away 18/5", "draw 17/5 suspended", "home 21/10 suspended"]);
    expect(await store.database.owner("select item from quarantine")).toEqual([
      { item: "bet365/1x2/regulation///home" },
    ]);
  });

  test("counts another sighting of what is in quarantine with each new version", async () => {
    await using store = await openStore();
    const odd = market("1", "Match Winner", [price("Home", "0.50")]);
    await store.writeBoard("100", [match([odd])]);
    await store.writeBoard("100", [match([odd])]);

    await store.writeBoard("200", [match([odd])], LATER);

    const rows = await store.database.owner("select seen, first_seen_at, last_seen_at from quarantine");
    expect(rows).toEqual([{ seen: 2, first_seen_at: NOON, last_seen_at: LATER }]);
  });

  test("keeps equal ids of two sports apart", async () => {
    await using store = await openStore();
    const two = market("2", "Home/Away", [price("Home", "1.80"), price("Away", "2.05")]);
    await store.write(await readBoard(board([match([WINNER])])));

    await store.write(
      await readBoard(
        board([match([two], { localteam: { name: "Owls" } })], { sport: "baseball", ts: "50" }),
      ),
    );

    const events = await store.database.owner(
      "select source, source_event_id, home from events order by source",
    );
    expect(events).toEqual([
      { source: "goalserve/baseball", source_event_id: "501", home: "Owls" },
      { source: "goalserve/soccer", source_event_id: "501", home: "Harbour Rovers" },
    ]);
    expect((await store.prices()).some((words) => words.endsWith("suspended"))).toBe(false);
  });

  test("follows a renamed, moved and postponed match under the same id", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);

    const moved = { status: "Postp.", formatted_date: "04.03.2025", visitorteam: { name: "Millbrook Town" } };
    const report = await store.writeBoard("200", [match([WINNER], moved)]);

    // The event, and what its bets are settled by.
    expect(report.changed).toBe(2);
    expect(await store.database.owner("select status, away, starts_at from events")).toEqual([
      { status: "postponed", away: "Millbrook Town", starts_at: new Date("2025-03-04T15:00:00Z") },
    ]);
  });

  test("records a result that came with the board once, and closes the event", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);
    const ended = {
      status: "FT",
      localteam: { name: "Harbour Rovers", goals: "1" },
      visitorteam: { name: "Millbrook", goals: "2" },
    };

    const first = await store.writeBoard("200", [match([WINNER], ended)], LATER);
    const second = await store.writeBoard("300", [match([WINNER], ended)], LATER);

    expect([first.changed > 0, second.changed]).toEqual([true, 0]);
    expect(
      await store.database.owner("select version, state, home_score, away_score, source from results"),
    ).toEqual([{ version: 1, state: "final", home_score: 1, away_score: 2, source: "goalserve/soccer" }]);
    expect((await store.prices()).every((words) => words.endsWith("suspended"))).toBe(true);
    expect(await store.database.owner("select status from events")).toEqual([{ status: "ended" }]);
  });

  test("does not let a board reopen an event that is decided", async () => {
    await using store = await openStore();
    const score = { localteam: { name: "H", goals: "1" }, visitorteam: { name: "A", goals: "2" } };
    await store.writeBoard("100", [match([WINNER], { ...score, status: "FT" })]);

    await store.writeBoard("200", [match([WINNER], { status: "15:00" })]);

    expect((await store.prices()).every((words) => words.endsWith("suspended"))).toBe(true);
    expect(await store.database.owner("select status, home from events")).toEqual([
      { status: "ended", home: "H" },
    ]);
  });
});
