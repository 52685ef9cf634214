import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  isSuspended,
  type SuspensionScope,
  type SuspensionSubject,
  suspensionsOf,
} from "../../src/odds/mod.ts";

const ANY: SuspensionScope = {
  source: null,
  eventId: null,
  book: null,
  marketType: null,
  period: null,
  label: null,
  lineQuarters: null,
  outcome: null,
};

const OVER: SuspensionSubject = {
  source: "goalserve/soccer",
  eventId: "e1",
  book: "bet365",
  marketType: "total",
  period: "regulation",
  label: "",
  lineQuarters: 10,
  outcome: "over",
};

// Few values of each, so that they meet often.
const values = {
  source: fc.constantFrom("a", "b"),
  eventId: fc.constantFrom("e1", "e2"),
  book: fc.constantFrom("x", "y"),
  marketType: fc.constantFrom("total", "1x2"),
  period: fc.constantFrom("regulation", "first_half"),
  label: fc.constantFrom("", "corners"),
  lineQuarters: fc.constantFrom(-5, 0, 10),
  outcome: fc.constantFrom("over", "under"),
};
const subject = fc.record({ ...values, lineQuarters: fc.option(values.lineQuarters) });
const scope = fc.record({
  source: fc.option(values.source),
  eventId: fc.option(values.eventId),
  book: fc.option(values.book),
  marketType: fc.option(values.marketType),
  period: fc.option(values.period),
  label: fc.option(values.label),
  lineQuarters: fc.option(values.lineQuarters),
  outcome: fc.option(values.outcome),
});

describe("isSuspended", () => {
  test.each<[string, Partial<SuspensionScope>, boolean]>([
    ["its source", { source: "goalserve/soccer" }, true],
    ["another source", { source: "goalserve/tennis" }, false],
    ["its event", { eventId: "e1" }, true],
    ["another event", { eventId: "e2" }, false],
    ["its event under another source", { eventId: "e1", source: "simulated" }, false],
    ["its market at every line", { eventId: "e1", marketType: "total" }, true],
    ["its market at its line", { eventId: "e1", marketType: "total", lineQuarters: 10 }, true],
    ["its market at another line", { eventId: "e1", marketType: "total", lineQuarters: 14 }, false],
    ["its market in another period", { eventId: "e1", marketType: "total", period: "first_half" }, false],
    ["the other outcome", { eventId: "e1", marketType: "total", outcome: "under" }, false],
    ["its own outcome", { eventId: "e1", marketType: "total", outcome: "over" }, true],
    ["its book", { source: "goalserve/soccer", book: "bet365" }, true],
    ["another book", { source: "goalserve/soccer", book: "pinnacle" }, false],
    ["another unknown market", { eventId: "e1", marketType: "unknown", label: "Corners" }, false],
  ])("given a suspension of %s", (_, part, expected) => {
    expect(isSuspended(OVER, [{ ...ANY, ...part }])).toBe(expected);
  });

  test("is false without suspensions, and one that covers is enough among many that do not", () => {
    const others = Array.from({ length: 100 }, (_, index) => ({ ...ANY, eventId: `other ${index}` }));

    expect(isSuspended(OVER, [])).toBe(false);
    expect(isSuspended(OVER, others)).toBe(false);
    expect(isSuspended(OVER, [...others, { ...ANY, eventId: "e1" }])).toBe(true);
  });

  test("covers exactly those prices that all of the named fields name", () => {
    fc.assert(
      fc.property(subject, scope, (price, wanted) => {
        const named = Object.entries(wanted).filter(([, value]) => value !== null);
        const held = Object.entries(price);

        const expected = named.every(([key, value]) =>
          held.some(([own, said]) => own === key && said === value),
        );

        expect(isSuspended(price, [wanted])).toBe(expected);
      }),
    );
  });

  test("says the same of a price whether or not the suspensions were narrowed to its event before", () => {
    fc.assert(
      fc.property(subject, fc.array(scope, { maxLength: 6 }), (price, scopes) => {
        expect(isSuspended(price, suspensionsOf(price, scopes))).toBe(isSuspended(price, scopes));
      }),
    );
  });

  test("naming one more field never covers more", () => {
    const field = fc.constantFrom(...(Object.keys(values) as (keyof typeof values)[]));
    fc.assert(
      fc.property(subject, scope, scope, field, (price, wanted, other, key) => {
        if (wanted[key] !== null) return;
        const narrower = { ...wanted, [key]: other[key] };

        expect(isSuspended(price, [narrower]) && !isSuspended(price, [wanted])).toBe(false);
      }),
    );
  });
});
