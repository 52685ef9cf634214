import type { BetList, BetView, PlaceBetBody } from "./contract.ts";

const EVENT = "01994e0a-3c00-7000-8000-0d9c1c2f7a11";
const selection = {
  eventId: EVENT,
  book: "bet365",
  marketType: "1x2",
  period: "regulation",
  label: "",
  lineQuarters: null,
  outcome: "home",
};

export const exampleBetToPlace: PlaceBetBody = {
  stakeMinor: 500,
  currency: "EUR",
  priceChange: "better",
  legs: [{ ...selection, fraction: { numerator: "81", denominator: "50" } }],
};

export const exampleBet: BetView = {
  betId: "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e",
  state: "open",
  currency: "EUR",
  stakeMinor: 500,
  potentialReturnMinor: 810,
  returnMinor: null,
  placedAt: "2025-09-20T10:59:00.000Z",
  settledAt: null,
  rulesVersion: 1,
  limitsVersion: 3,
  terms: { priceChange: "better" },
  void: null,
  legs: [
    {
      legNumber: 1,
      ...selection,
      competition: "England: Premier League",
      home: "Liverpool",
      away: "Everton",
      startsAt: "2025-09-20T11:30:00.000Z",
      fraction: { numerator: "81", denominator: "50" },
      state: "open",
      resultVersion: null,
    },
  ],
};

export const exampleBetList: BetList = { items: [exampleBet], next: null };

export const exampleVoid = {
  reason: "The price was a slip of the pen",
  rule: "House rules 4.2: palpable errors",
};

export const exampleVoidedBet: BetView = {
  ...exampleBet,
  state: "void",
  void: { ...exampleVoid, at: "2025-09-20T11:10:00.000Z" },
};

export const exampleLimits = {
  version: 0,
  bettingOpen: true,
  limits: [
    {
      currency: "EUR",
      scope: "tenant" as const,
      stakeMinMinor: 100,
      stakeMaxMinor: 100_000,
      payoutMaxMinor: 5_000_000,
      eventExposureMaxMinor: 20_000_000,
      outcomeExposureMaxMinor: 10_000_000,
    },
    { currency: "EUR", scope: "event" as const, eventId: EVENT, stakeMaxMinor: 50_000 },
  ],
};
