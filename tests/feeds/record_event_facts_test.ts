import { expect, setDefaultTimeout, test } from "bun:test";
import { readGoalserveScores } from "../../src/feeds/goalserve_scores.ts";
import { type EventFactsToRecord, recordEventFacts, releaseQuarantined } from "../../src/feeds/mod.ts";
import { countClaims, readFacts, readFactVersions, statusClaim } from "../../src/results/mod.ts";
import { board, type Entry, match, WINNER } from "./_board.ts";
import { bytesOf, readBoard } from "./_read.ts";
import { NOON, openStore, type Store } from "./_store.ts";

// Real databases on a machine that other work may share.
setDefaultTimeout(60_000);

const AT = new Date("2025-03-01T16:00:00Z");

async function openWithEvent(): Promise<Store & { eventId: string }> {
  const store = await openStore();
  await store.writeBoard("100", [match([WINNER])]);
  const [row] = await store.database.owner<{ event_id: string }>("select event_id from events");
  return { ...store, eventId: row?.event_id ?? "" };
}

type Told = Partial<EventFactsToRecord> & Pick<EventFactsToRecord, "claims">;

async function say(store: Store & { eventId: string }, told: Told) {
  await using lease = await store.pool.lease({ access: "write" });
  const { eventId } = store;
  const recorded = await recordEventFacts(lease.connection, { eventId, source: "one", at: AT, ...told });
  await lease.commit();
  return recorded.outcome;
}

async function known(store: Store & { eventId: string }) {
  await using lease = await store.pool.lease();
  const { facts } = (await readFacts(lease.connection, store)) ?? {};
  return facts?.counts.map(({ statistic, period, side, value, final }) =>
    [statistic, period, side, value, final ? "final" : "so far"].join(" "),
  );
}

const goals = (home: number, away: number, final: boolean) =>
  countClaims({ statistic: "score", period: "regulation", home, away, final }, AT);
const corners = (home: number, away: number, final = true) =>
  countClaims({ statistic: "corners", period: "regulation", home, away, final }, AT);
const ended = statusClaim("ended", AT);

test("a running count that grows is news, whoever says it, and the same again is none", async () => {
  await using store = await openWithEvent();

  expect(await say(store, { claims: goals(1, 0, false) })).toBe("recorded");
  expect(await say(store, { claims: goals(1, 0, false), source: "other" })).toBe("unchanged");
  expect(await say(store, { claims: goals(1, 1, false), source: "other" })).toBe("recorded");
  expect(await known(store)).toEqual(["score regulation home 1 so far", "score regulation away 1 so far"]);
});

test("a running count falls by the word of the source that raised it, and not by a slower one's", async () => {
  await using store = await openWithEvent();
  await say(store, { claims: goals(2, 0, false) });

  expect(await say(store, { claims: goals(1, 0, false), source: "slow" })).toBe("unchanged");
  expect(await say(store, { claims: goals(1, 0, false) })).toBe("recorded");
  expect((await known(store))?.[0]).toBe("score regulation home 1 so far");
  expect(await store.database.owner("select 1 from quarantine")).toEqual([]);
});

test("a final count outranks what was running, and running parts that cannot be true beside it are taken back", async () => {
  await using store = await openWithEvent();
  const half = countClaims({ statistic: "score", period: "first_half", home: 2, away: 0, final: false }, AT);
  await say(store, { claims: [...half, ...goals(2, 0, false)] });

  expect(await say(store, { claims: [ended, ...goals(1, 0, true)], source: "other" })).toBe("recorded");

  expect(await known(store)).toEqual([
    "score first_half away 0 so far",
    "score regulation home 1 final",
    "score regulation away 0 final",
  ]);
});

test("facts that come to a final score are the public result, under the number of their statement, and close the event", async () => {
  await using store = await openWithEvent();
  await say(store, { claims: goals(1, 0, false) });

  expect(await say(store, { claims: [ended, ...goals(2, 0, true)] })).toBe("recorded");

  expect(
    await store.database.owner("select version, state, home_score, away_score, source from results"),
  ).toEqual([{ version: 2, state: "final", home_score: 2, away_score: 0, source: "one" }]);
  expect(await store.database.owner("select version, known_at from fact_versions order by version")).toEqual([
    { version: 1, known_at: AT },
    { version: 2, known_at: AT },
  ]);
  expect(await store.database.owner("select status from events")).toEqual([{ status: "ended" }]);
});

test("an event that ended with no score is no 0-0: nothing is published", async () => {
  await using store = await openWithEvent();

  await say(store, { claims: [ended] });

  expect(await known(store)).toEqual([]);
  expect(await store.database.owner("select 1 from results")).toEqual([]);
});

test.each([
  ["other corners", corners(4, 3)],
  [
    "a half time that the full time does not hold",
    countClaims({ statistic: "score", period: "first_half", home: 3, away: 0, final: true }, AT),
  ],
  ["more goals so far than there were", goals(3, 0, false)],
  ["another end", [statusClaim("abandoned", AT)]],
])(
  "%s than what is final go to quarantine as a whole, once, and a trader's release makes the correction",
  async (_, claims) => {
    await using store = await openWithEvent();
    await say(store, { claims: [ended, ...goals(2, 0, true), ...corners(5, 3)] });
    const before = await known(store);
    const more = countClaims(
      { statistic: "red_cards", period: "regulation", home: 1, away: 0, final: true },
      AT,
    );

    expect(await say(store, { claims: [...claims, ...more], source: "two" })).toBe("contradicted");
    expect(await say(store, { claims: [...claims, ...more], source: "two", at: NOON })).toBe("contradicted");
    expect(await known(store)).toEqual(before);
    const [item] = await store.database.owner<{ quarantine_id: string }>(
      "select quarantine_id, reason, seen from quarantine",
    );
    expect(item).toMatchObject({ reason: "result_contradicted", seen: 2 });

    await using lease = await store.pool.lease({ access: "write" });
    const decision = { quarantineId: item?.quarantine_id ?? "", actor: "Ada", at: AT };
    expect((await releaseQuarantined(lease.connection, decision)).changed).toBe(true);
    await lease.commit();
    expect(await known(store)).toContain("red_cards regulation home 1 final");
    expect(await say(store, { claims: [...claims, ...more], source: "two" })).toBe("unchanged");
    await using reading = await store.pool.lease();
    const newest = (await readFactVersions(reading.connection, store)).at(-1);
    expect([newest?.actor, newest?.source, newest?.certainty]).toEqual(["Ada", "two", "confirmed"]);
  },
);

async function writeScore(store: Store, updated: string, over: Entry) {
  const played = {
    ...{ "@id": "501", "@formatted_date": "01.03.2025", "@date": "Mar 01", "@time": "15:00", events: null },
    ...{ visitorteam: { "@name": "Millbrook", "@goals": "0" }, ht: { "@score": "" }, ...over },
  };
  const category = { "@id": "77", "@name": "Nowhere", matches: { match: [played] } };
  const answer = { scores: { "@sport": "soccer", "@updated": `01.03.2025 ${updated}`, category } };
  const snapshot = await readGoalserveScores(bytesOf(JSON.stringify(answer)), {
    source: "goalserve/soccer",
    at: AT,
  });
  return (await store.write(snapshot, AT)).changed;
}

test("a poll of live scores writes facts only when they change anything, and a status nobody understands changes nothing", async () => {
  await using store = await openWithEvent();
  const home = (goalsOfHome: string) => ({ localteam: { "@name": "Harbour Rovers", "@goals": goalsOfHome } });
  const versions = async () => (await store.database.owner("select 1 from fact_versions")).length;
  const play = async (updated: string, status: string, goalsOfHome: string) => {
    await writeScore(store, updated, { "@status": status, ...home(goalsOfHome) });
    return await versions();
  };

  expect(await play("15:00:00", "15:00", "?")).toBe(0);
  expect(await play("15:05:00", "5", "0")).toBe(1);
  expect(await play("15:06:00", "6", "0")).toBe(1);
  expect(await play("15:20:00", "20", "1")).toBe(2);
  expect(await play("15:21:00", "Awarded?", "3")).toBe(2);
  expect(await play("15:22:00", "22", "1")).toBe(2);
  expect(await known(store)).toContain("score regulation home 1 so far");
  expect(await play("17:00:00", "FT", "1")).toBe(3);
  expect(await known(store)).toEqual([
    "score first_half home 1 so far",
    "score first_half away 0 so far",
    "score regulation home 1 final",
    "score regulation away 0 final",
  ]);
  // The board knows later than the scores: its running count is of before.
  await store.write(
    await readBoard(
      board([match([WINNER], { status: "80", ...{ localteam: { name: "Harbour Rovers", goals: "0" } } })], {
        ts: "900",
      }),
    ),
    AT,
  );
  expect(await versions()).toBe(3);
});
