import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  type ChangeContext,
  judgeChange,
  type StoredFacts,
  startMoveMaxMs,
} from "../../src/feeds/judge_changes.ts";
import type { SnapshotEvent } from "../../src/feeds/mod.ts";
import { EVENT_STATUSES, type EventFacts, type EventStatus, fraction } from "../../src/markets/mod.ts";

const KICK_OFF = new Date("2025-03-01T15:00:00Z");
const HOUR = 3_600_000;
const later = (hours: number, from = KICK_OFF) => new Date(from.getTime() + hours * HOUR);

const STORED: StoredFacts = { starts_at: KICK_OFF, status: "scheduled", clock_minutes: null, closed: false };

function eventOf(facts: Partial<EventFacts> = {}): SnapshotEvent {
  const price = { book: "b", marketType: "1x2", period: "regulation", label: "", lineQuarters: null };
  return {
    facts: {
      sourceEventId: "501",
      sport: "soccer",
      competitionId: "c",
      competition: "C",
      home: "H",
      away: "A",
      startsAt: KICK_OFF,
      status: "scheduled",
      sourceVersion: 1n,
      ...facts,
    },
    prices: [
      { ...price, outcome: "home", price: fraction(2n), suspended: false },
      { ...price, outcome: "away", price: fraction(3n), suspended: true },
    ],
  };
}

function judge(
  event: SnapshotEvent,
  context: Partial<ChangeContext> & { readonly over?: Partial<StoredFacts> } = {},
) {
  const { over = {}, ...rest } = context;
  return judgeChange(event, {
    stored: { ...STORED, ...over },
    decided: () => undefined,
    at: later(-24),
    ...rest,
  });
}

const openOf = ({ prices }: SnapshotEvent) => (prices ?? []).filter((price) => !price.suspended).length;

describe("judgeChange, when a kick-off moves", () => {
  test.each([
    ["soccer", 48],
    ["tennis", 72],
    ["cricket", 72],
    ["basketball", 24],
    ["a sport nobody has heard of", 24],
    ["constructor", 24],
  ])("takes a move of %s within %d hours either way, and holds back one beyond", (sport, hours) => {
    for (const sign of [1, -1]) {
      const within = judge(eventOf({ sport, startsAt: later(sign * hours) }));
      const beyond = judge(eventOf({ sport, startsAt: new Date(later(sign * hours).getTime() + sign) }));

      expect(startMoveMaxMs(sport)).toBe(hours * HOUR);
      expect([within.event.facts.startsAt, within.heldBack]).toEqual([later(sign * hours), undefined]);
      expect(beyond.event.facts.startsAt).toEqual(KICK_OFF);
      expect(openOf(beyond.event)).toBe(0);
      expect(beyond.heldBack).toMatchObject({ reason: "time_moved", item: "start", sourceEventId: "501" });
    }
  });

  test("says from where to where, and what a release would take", () => {
    const startsAt = later(24 * 30);

    expect(judge(eventOf({ startsAt })).heldBack).toEqual({
      sourceEventId: "501",
      reason: "time_moved",
      item: "start",
      sample: { from: KICK_OFF.toISOString(), to: startsAt.toISOString() },
      held: { kind: "start", startsAt },
    });
  });

  test.each(["postponed", "abandoned", "cancelled", "walkover"] as const)(
    "takes any new start when the event was %s, or is by now: nobody can bet on it meanwhile",
    (status) => {
      const startsAt = later(24 * 90);

      const was = judge(eventOf({ startsAt }), { over: { status } });
      const is = judge(eventOf({ startsAt, status }));

      expect([was.event.facts.startsAt, was.heldBack]).toEqual([startsAt, undefined]);
      expect([is.event.facts.startsAt, is.heldBack]).toEqual([startsAt, undefined]);
    },
  );

  test("holds back any later start of an event that may have begun for all anybody knows", () => {
    const event = eventOf({ startsAt: later(2) });
    const over = { status: "unknown" } as const;

    const due = judge(event, { over, at: KICK_OFF });

    expect([due.event.facts.startsAt, openOf(due.event), due.heldBack?.reason]).toEqual([
      KICK_OFF,
      0,
      "time_moved",
    ]);
    expect(judge(event, { over, at: later(-1) })).toEqual({ event });
    expect(judge(eventOf({ startsAt: later(-1) }), { over, at: KICK_OFF }).heldBack).toBeUndefined();
    expect(judge(event, { over: { status: "scheduled" }, at: KICK_OFF })).toEqual({ event });
  });

  test("takes a released start, and offers the event under its stored one when the move was discarded", () => {
    const event = eventOf({ startsAt: later(100) });

    const released = judge(event, { decided: () => "released" });
    const discarded = judge(event, { decided: () => "discarded" });

    expect(released).toEqual({ event });
    expect([discarded.event.facts.startsAt, openOf(discarded.event), discarded.heldBack]).toEqual([
      KICK_OFF,
      1,
      undefined,
    ]);
  });
});

describe("judgeChange, when an event runs backwards", () => {
  const begun = later(1);

  test.each<[EventStatus, EventStatus]>([
    ["live", "scheduled"],
    ["live", "delayed"],
    ["interrupted", "scheduled"],
    ["ended", "scheduled"],
    ["ended", "live"],
    ["ended", "interrupted"],
  ])("keeps %s when it is said to be %s, and offers nothing", (status, said) => {
    const { event, heldBack } = judge(eventOf({ status: said }), { over: { status }, at: begun });

    expect([event.facts.status, openOf(event)]).toEqual([status, 0]);
    expect(heldBack).toMatchObject({
      reason: "clock_backwards",
      item: "progress",
      sample: { from: status, to: said },
      held: { kind: "progress", status: said },
    });
  });

  test.each<[EventStatus, EventStatus]>([
    ["scheduled", "live"],
    ["live", "interrupted"],
    ["interrupted", "live"],
    ["live", "ended"],
    ["live", "abandoned"],
    ["live", "postponed"],
    ["abandoned", "scheduled"],
    ["postponed", "scheduled"],
    ["cancelled", "scheduled"],
    ["live", "unknown"],
    ["unknown", "scheduled"],
  ])("lets %s become %s", (status, said) => {
    const event = eventOf({ status: said });

    expect(judge(event, { over: { status }, at: begun })).toEqual({ event });
  });

  test("says nothing while a board is only a few minutes behind the scores, and offers nothing either", () => {
    const at = new Date(KICK_OFF.getTime() + 14 * 60_000);

    const { event, heldBack } = judge(eventOf(), { over: { status: "live" }, at });

    expect([event.facts.status, openOf(event), heldBack]).toEqual(["live", 0, undefined]);
  });

  test("holds back a clock well behind the stored one, keeps one slightly behind, and takes one ahead", () => {
    const at = begun;
    const clockAt = (clockMinutes: number) =>
      judge(eventOf({ status: "live", clockMinutes }), { over: { status: "live", clock_minutes: 60 }, at });

    expect([clockAt(44).event.facts.clockMinutes, openOf(clockAt(44).event)]).toEqual([60, 0]);
    expect(clockAt(44).heldBack).toMatchObject({
      reason: "clock_backwards",
      sample: { from: "live 60'", to: "live 44'" },
      held: { kind: "progress", status: "live", clockMinutes: 44 },
    });
    expect([clockAt(45).event.facts.clockMinutes, openOf(clockAt(45).event), clockAt(45).heldBack]).toEqual([
      60,
      1,
      undefined,
    ]);
    expect(clockAt(61).event.facts.clockMinutes).toBe(61);
  });

  test("keeps the clock over half time, and starts it anew when the match is played again", () => {
    const stored = { over: { status: "live", clock_minutes: 45 }, at: begun } as const;

    const half = judge(eventOf({ status: "live" }), stored);
    const again = judge(eventOf({ status: "abandoned" }), stored);

    expect([half.event.facts.clockMinutes, again.event.facts.clockMinutes]).toEqual([45, undefined]);
  });

  test("goes back where a trader released it, and stays without offer where it was discarded", () => {
    const back = eventOf({ status: "scheduled" });
    const over = { status: "live" } as const;

    const discarded = judge(back, { over, at: begun, decided: () => "discarded" });

    expect(judge(back, { over, at: begun, decided: () => "released" })).toEqual({ event: back });
    expect([discarded.event.facts.status, openOf(discarded.event), discarded.heldBack]).toEqual([
      "live",
      0,
      undefined,
    ]);
  });
});

describe("judgeChange", () => {
  const status = fc.constantFrom(...EVENT_STATUSES);
  const hours = fc.integer({ min: -200, max: 200 });
  const clock = fc.option(fc.integer({ min: 0, max: 120 }));
  const known = fc.record({ status, clock_minutes: clock, closed: fc.boolean() });

  test("has nothing against a new event, and leaves a decided one to its result", () => {
    const event = eventOf({ startsAt: later(1000), status: "scheduled" });

    expect(judge(event, { stored: undefined })).toEqual({ event });
    expect(judge(event, { over: { closed: true, status: "ended" } })).toEqual({ event });
  });

  test("never opens a price, and offers nothing of an event whose claim it holds back", () => {
    fc.assert(
      fc.property(known, status, hours, clock, (over, said, moved, minute) => {
        const clockMinutes = minute === null ? {} : { clockMinutes: minute };
        const given = eventOf({ status: said, startsAt: later(moved), ...clockMinutes });

        const { event, heldBack } = judge(given, { over, at: later(2) });

        expect(openOf(event)).toBeLessThanOrEqual(openOf(given));
        if (heldBack !== undefined) expect(openOf(event)).toBe(0);
      }),
    );
  });

  test("never lets an event that has begun become bettable before play without a trader's word", () => {
    fc.assert(
      fc.property(status, hours, (said, moved) => {
        const given = eventOf({ status: said, startsAt: later(moved) });

        const { event } = judge(given, { over: { status: "live", clock_minutes: 10 }, at: later(2) });

        expect(["scheduled", "delayed"]).not.toContain(event.facts.status);
      }),
    );
  });

  test("says of what it has let through that nothing changed, when it is asked again", () => {
    fc.assert(
      fc.property(known, status, hours, (over, said, moved) => {
        const first = judge(eventOf({ status: said, startsAt: later(moved) }), { over, at: later(2) });
        const { startsAt, status: kept, clockMinutes = null } = first.event.facts;
        const stored = {
          starts_at: startsAt,
          status: kept,
          clock_minutes: clockMinutes,
          closed: over.closed,
        };

        const second = judge(first.event, { stored, at: later(2) });

        expect(second).toEqual({ event: first.event });
      }),
    );
  });
});
