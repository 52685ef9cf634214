import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { decodeHeld, encodeHeld } from "../../src/feeds/held_back.ts";
import type { HeldBack, QuarantineItem } from "../../src/feeds/mod.ts";
import {
  type DecisionRow,
  decisionsOf,
  sortItems,
  withReleased,
} from "../../src/feeds/quarantine_decisions.ts";
import { EVENT_STATUSES, fraction, type OfferedPrice } from "../../src/markets/mod.ts";

const digits = fc.bigInt({ min: 1n, max: 10n ** 15n });
const word = fc.string({ maxLength: 12 });
const price: fc.Arbitrary<OfferedPrice> = fc.record({
  book: word,
  marketType: word,
  period: word,
  label: word,
  lineQuarters: fc.option(fc.integer({ min: -400, max: 400 })),
  outcome: word,
  price: fc.tuple(digits, digits).map(([numerator, denominator]) => fraction(numerator, denominator)),
  suspended: fc.boolean(),
});
const score = fc.record({ home: fc.nat(99), away: fc.nat(99) });
const held: fc.Arbitrary<HeldBack> = fc.oneof(
  price.map((one) => ({ kind: "price", price: one }) as const),
  fc.date({ noInvalidDate: true }).map((startsAt) => ({ kind: "start", startsAt }) as const),
  fc.record({
    kind: fc.constant("progress" as const),
    status: fc.constantFrom(...EVENT_STATUSES),
    clockMinutes: fc.option(fc.nat(120)),
  }),
  digits.map((version) => ({ kind: "version", feed: "a/b", version }) as const),
  fc.tuple(score, score).map(([full, half]) => {
    const facts = { state: "final", score: full, halfTimeScore: half } as const;
    return { kind: "result", facts, source: "a" } as const;
  }),
  fc.constant({ kind: "result", facts: { state: "void" }, source: "a" } as const),
);

/** As Postgres keeps it: keys in an order of its own. */
function stored(json: unknown): unknown {
  const text = JSON.stringify(json);
  return JSON.parse(text, (_key, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  );
}

describe("what is held back", () => {
  test("comes back from its JSON as it was", () => {
    fc.assert(fc.property(held, (one) => expect(decodeHeld(stored(encodeHeld(one)))).toEqual(one)));
  });

  test.each([
    [null],
    [undefined],
    ["price"],
    [[]],
    [{}],
    [{ kind: "later" }],
    [{ kind: "price", numerator: "2" }],
    [{ kind: "price", numerator: "2", denominator: "0" }],
    [{ kind: "price", numerator: 2, denominator: 1 }],
    [{ kind: "start", startsAt: "soon" }],
    [{ kind: "progress", status: "asleep" }],
    [{ kind: "version", feed: "a", version: "-1" }],
    [{ kind: "result", source: "a", facts: { state: "final" } }],
    [{ kind: "result", source: "a", facts: { state: "halved", score: { home: 1, away: 1 } } }],
  ])("is nothing where the JSON is %p", (json) => {
    expect(decodeHeld(json)).toBeUndefined();
  });
});

const itemOf = (over: Partial<QuarantineItem> = {}): QuarantineItem => ({
  sourceEventId: "501",
  reason: "overround_out_of_bounds",
  item: "bet365/1x2/home",
  sample: { price: "10.00" },
  ...over,
});
const decided = (item: QuarantineItem, state: DecisionRow["state"]): DecisionRow => ({
  source_event_id: item.sourceEventId,
  reason: item.reason,
  item: item.item,
  state,
  sample: stored(item.sample),
  held: item.held === undefined ? null : stored(encodeHeld(item.held)),
});
const HELD: HeldBack = {
  kind: "price",
  price: {
    book: "bet365",
    marketType: "1x2",
    period: "regulation",
    label: "",
    lineQuarters: null,
    outcome: "home",
    price: fraction(10n),
    suspended: false,
  },
};

describe("decisions", () => {
  test("stand for the very item they were made on, and for no other", () => {
    const item = itemOf({ held: HELD });
    const decisions = decisionsOf([decided(item, "released")]);

    expect(decisions.of(item)).toBe("released");
    expect(decisions.of({ ...item, sample: { price: "11.00" } })).toBeUndefined();
    expect(
      decisions.of({ ...item, held: { ...HELD, price: { ...HELD.price, price: fraction(11n) } } }),
    ).toBeUndefined();
    expect(decisions.of({ ...item, reason: "spread_total_swapped" })).toBeUndefined();
    expect(decisions.of({ ...item, sourceEventId: "502" })).toBeUndefined();
    expect(decisions.of(itemOf())).toBeUndefined();
  });

  test("hold whatever is held, however Postgres orders its keys", () => {
    fc.assert(
      fc.property(held, fc.constantFrom("released" as const, "discarded" as const), (one, state) => {
        const item = itemOf({ held: one });

        expect(decisionsOf([decided(item, state)]).of(item)).toBe(state);
      }),
    );
  });

  test("sort an answer's items: undecided ones are raised, released prices offered, discarded ones left out", () => {
    const released = itemOf({ held: HELD });
    const discarded = itemOf({ item: "bet365/1x2/draw" });
    const fresh = itemOf({ item: "bet365/1x2/away" });

    const sorted = sortItems(
      [released, discarded, fresh],
      decisionsOf([decided(released, "released"), decided(discarded, "discarded")]),
    );

    expect(sorted.raised).toEqual([fresh]);
    expect(sorted.decided).toEqual([released, discarded]);
    expect([...sorted.released]).toEqual([["501", [HELD.price]]]);
  });
});

describe("withReleased", () => {
  const facts = {
    sourceEventId: "501",
    sport: "soccer",
    competitionId: "c",
    competition: "C",
    home: "H",
    away: "A",
    startsAt: new Date(0),
    status: "scheduled",
    sourceVersion: 1n,
  } as const;
  const released = new Map([["501", [HELD.price]]]);

  test("puts a released price back, unless the source names the same one elsewhere or says nothing about prices", () => {
    const other = { ...HELD.price, outcome: "away" };
    const twice = { ...HELD.price, price: fraction(2n), suspended: true };

    expect(withReleased({ facts, prices: [other] }, released).prices).toEqual([other, HELD.price]);
    expect(withReleased({ facts, prices: [twice] }, released).prices).toEqual([twice]);
    expect(withReleased({ facts, prices: undefined }, released).prices).toBeUndefined();
    expect(withReleased({ facts: { ...facts, sourceEventId: "502" }, prices: [] }, released).prices).toEqual(
      [],
    );
  });
});
