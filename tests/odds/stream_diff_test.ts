import { expect, test } from "bun:test";
import fc from "fast-check";
import { fraction } from "../../src/markets/mod.ts";
import { boardFor, type RawBoard, type RawMarket, rawBoardOf } from "../../src/odds/board.ts";
import type { Odds } from "../../src/odds/contract.ts";
import { NEUTRAL_SETTINGS, offerOf } from "../../src/odds/offer.ts";
import { openBoards } from "../../src/odds/read_boards.ts";
import { differingMarkets, diffMarkets } from "../../src/odds/stream_diff.ts";
import { messageOf, type StreamView, see, snapshotMessage } from "../../src/odds/stream_messages.ts";
import { sightOf } from "../../src/odds/stream_position.ts";
import type { Reads } from "../../src/reads/mod.ts";
import { applyDelta, createEventParser, createShownBoards, inOrder } from "./stream_reader.ts";

const EVENT_ID = "01994e0a-3c00-7000-8000-0d9c1c2f7a11";
const NOON = Date.UTC(2025, 8, 19, 12);

const outcome = fc.record({
  outcome: fc.constantFrom("home", "draw", "away", "over", "under"),
  price: fc.integer({ min: 101, max: 400 }).map((hundredths) => fraction(BigInt(hundredths), 100n)),
  suspended: fc.boolean(),
});

const market = fc.record({
  book: fc.constantFrom("one", "two"),
  marketType: fc.constantFrom("1x2", "total", "unknown"),
  period: fc.constantFrom("regulation", "half1"),
  label: fc.constantFrom("", "First Throw-in"),
  lineQuarters: fc.constantFrom(null, -5, 10),
  outcomes: fc.uniqueArray(outcome, { minLength: 1, maxLength: 4, selector: (each) => each.outcome }),
});

const markets = fc.uniqueArray(market, {
  maxLength: 8,
  selector: ({ book, label, lineQuarters, marketType, period }: RawMarket) =>
    JSON.stringify([book, marketType, period, label, lineQuarters]),
});

const board = fc
  .record({
    markets,
    silent: fc.boolean(),
    status: fc.constantFrom("scheduled" as const, "live" as const, "ended" as const),
    confirmedAtMs: fc.constantFrom(undefined, NOON, NOON - 5000, NOON - 100_000),
  })
  .map(({ status, ...rest }) =>
    rawBoardOf({
      ...rest,
      source: "test",
      event: {
        eventId: EVENT_ID,
        sport: "soccer",
        competitionId: "test:1",
        competition: "Competition",
        home: "Home",
        away: "Away",
        startsAt: new Date(NOON + 3_600_000).toISOString(),
        status,
      },
    }),
  );

const settings = fc.constantFrom(
  NEUTRAL_SETTINGS,
  { ...NEUTRAL_SETTINGS, marginBps: 800 },
  { ...NEUTRAL_SETTINGS, off: { ...NEUTRAL_SETTINGS.off, books: ["two"] } },
  { ...NEUTRAL_SETTINGS, off: { ...NEUTRAL_SETTINGS.off, sports: ["soccer"] } },
  { ...NEUTRAL_SETTINGS, oddsFormat: "american" as const },
);

const nowhere = {
  source: null,
  book: null,
  marketType: null,
  period: null,
  label: null,
  lineQuarters: null,
  outcome: null,
};

const sight = fc
  .record({
    settings,
    suspensions: fc.constantFrom(
      undefined,
      [],
      [{ ...nowhere, eventId: EVENT_ID, marketType: "1x2" }],
      [{ ...nowhere, eventId: EVENT_ID, book: "one" }],
    ),
  })
  .map((seen) => sightOf(offerOf("t", seen.settings), seen.suspensions));

const fixedReads = { define: () => ({}) } as unknown as Reads;
const boards = openBoards({ reads: fixedReads });

test("the difference of two boards, applied to the one, is the other", () => {
  fc.assert(
    fc.property(board, board, (before, after) => {
      const { profile } = offerOf("t", NEUTRAL_SETTINGS);
      const [one, other] = [boardFor(before, profile), boardFor(after, profile)];

      const delta = diffMarkets(one.markets, other.markets);
      const applied = applyDelta(one, { eventId: EVENT_ID, ...delta });

      expect(inOrder(applied).markets).toEqual(inOrder(other).markets);
    }),
  );
});

test("boards that show the same differ in nothing, in whatever order they name it", () => {
  fc.assert(
    fc.property(board, (one) => {
      const turned = one.markets
        .map((each) => ({ ...each, outcomes: each.outcomes.toReversed() }))
        .toReversed();
      const { profile } = offerOf("t", NEUTRAL_SETTINGS);

      const delta = diffMarkets(
        boardFor(one, profile).markets,
        boardFor(rawBoardOf({ ...one, markets: turned }), profile).markets,
      );

      expect(delta).toEqual({ changed: [], removed: [] });
    }),
  );
});

test("stored markets that differ are all that can lead from one board to the other", () => {
  fc.assert(
    fc.property(board, board, (before, after) => {
      const { profile } = offerOf("t", NEUTRAL_SETTINGS);
      const shown = (raw: RawBoard) => boardFor(raw, profile).markets;
      const some = differingMarkets(before, after);

      const ofSome = diffMarkets(
        shown({ ...before, markets: some.before }),
        shown({ ...after, markets: some.after }),
      );

      expect(ofSome).toEqual(diffMarkets(shown(before), shown(after)));
    }),
  );
});

test("a snapshot and the messages after it leave a reader with what a GET shows, whatever changes: prices, clock, offer, suspensions", () => {
  const step = fc.record({
    raw: fc.option(board, { freq: 5 }),
    sight,
    laterMs: fc.integer({ min: 0, max: 200_000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), (steps) => {
      const shown = createShownBoards();
      const parse = createEventParser((told) => {
        if (told.kind === "event") shown.apply(told);
      });
      const decoder = new TextDecoder();
      let before: StreamView | undefined;
      let epochMs = NOON;
      for (const { laterMs, raw, sight } of steps) {
        epochMs += laterMs;
        const view = see(raw, sight, { boards, epochMs, ageMaxMs: 60_000 });
        const message =
          before === undefined ? snapshotMessage(EVENT_ID, view) : messageOf(EVENT_ID, before, view);
        if (message !== undefined) parse(decoder.decode(message));
        before = view;

        expect(timeless(shown.boards.get(EVENT_ID))).toEqual(timeless(shownByGet(view)));
      }
    }),
  );
});

function shownByGet(view: StreamView): Odds | undefined {
  return view.state === "absent" ? undefined : JSON.parse(view.shown().text);
}

/** Without the age, which a reader counts on by itself. */
function timeless(odds: Odds | undefined) {
  return odds && inOrder({ ...odds, ageSeconds: odds.ageSeconds === null ? null : 0 });
}
