import type { BetExplanation } from "./contract.ts";

const EVENT = "01994e0a-3c00-7000-8000-0d9c1c2f7a11";
const ENDED = "2025-09-20T13:30:00.000Z";
const SETTLED = "2025-09-20T13:30:05.000Z";
const PLACED = "2025-09-20T10:59:00.000Z";
const told = {
  period: null,
  subject: null,
  final: true,
  source: "goalserve/soccer",
  certainty: "confirmed",
  actor: null,
  trueAt: ENDED,
  knownAt: "2025-09-20T13:30:04.000Z",
  version: 1,
};
const score = { ...told, fact: "count", statistic: "score", period: "regulation", detail: null };
const one = { numerator: "1", denominator: "1" };
const none = { numerator: "0", denominator: "1" };
const price = { numerator: "81", denominator: "50" };

export const exampleExplanation: BetExplanation = {
  betId: "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e",
  state: "settled",
  currency: "EUR",
  stakeMinor: 500,
  returnMinor: 810,
  placedAt: PLACED,
  terms: { priceChange: "better" },
  rules: { version: 1, publishedAt: "2025-01-01T00:00:00.000Z" },
  formula: "stake × the product over all legs of v + (1 − v) · r · h · (1 + (price − 1) · (1 − d))",
  rounding: {
    rule: "nearest_minor_unit_halves_to_player",
    text: "A return is rounded once, to the nearest minor unit; a half goes to the player.",
  },
  failure: null,
  legs: [
    {
      legNumber: 1,
      eventId: EVENT,
      sport: "soccer",
      competition: "England: Premier League",
      home: "Liverpool",
      away: "Everton",
      startsAt: "2025-09-20T11:30:00.000Z",
      book: "bet365",
      marketType: "1x2",
      period: "regulation",
      label: "",
      lineQuarters: null,
      outcome: "home",
      price,
      waitsFor: null,
    },
  ],
  legsSoFar: null,
  versions: [
    {
      kind: "placed",
      version: 0,
      at: PLACED,
      transfers: [
        {
          transferId: "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6f",
          kind: "stake",
          occurredAt: PLACED,
          entries: [
            { account: "player_cash", amountMinor: -500 },
            { account: "stakes_held", amountMinor: 500 },
          ],
        },
      ],
    },
    {
      kind: "settled",
      version: 1,
      at: SETTLED,
      transfers: [
        {
          transferId: "01994e95-1c08-7000-8c1d-3f1a2b4c5d70",
          kind: "settlement",
          occurredAt: SETTLED,
          entries: [
            { account: "player_cash", amountMinor: 810 },
            { account: "stakes_held", amountMinor: -500 },
            { account: "house_book", amountMinor: -310 },
          ],
        },
      ],
      decidedBy: { eventId: EVENT, factVersion: 1 },
      legs: [
        {
          legNumber: 1,
          eventId: EVENT,
          price,
          factVersion: 1,
          grade: {
            result: 1,
            voidFactor: none,
            deadHeatFactor: one,
            winningsDeduction: none,
            reason: "won",
            text: "The selection won.",
            gradedAt: SETTLED,
          },
          factor: price,
          facts: [
            {
              ...told,
              fact: "status",
              statistic: null,
              side: null,
              value: null,
              detail: { status: "ended" },
            },
            { ...score, side: "home", value: 2 },
            { ...score, side: "away", value: 1 },
          ],
          rules: [
            {
              section: "1x2",
              says: { period: "regulation", extra_time_counts: false },
              text: "Home, draw and away are decided by regular time, stoppage time included; extra time does not count.",
            },
          ],
        },
      ],
      product: price,
      exactReturn: { numerator: "810", denominator: "1" },
      returnMinor: 810,
    },
  ],
};
