import type { Competitions, EventView, Odds, OddsList, ResultList, Sports } from "./contract.ts";

const fixture = {
  eventId: "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
  sport: "soccer",
  competitionId: "goalserve:1204",
  competition: "England: Premier League",
  home: "Liverpool",
  away: "Everton",
  startsAt: "2025-09-20T11:30:00.000Z",
};

export const exampleEvent: EventView = { ...fixture, status: "scheduled" };

export const exampleSports: Sports = {
  items: [
    {
      sport: "soccer",
      events: 10,
      competitions: [{ competitionId: "goalserve:1204", competition: "England: Premier League", events: 10 }],
    },
  ],
};

export const exampleCompetitions: Competitions = {
  items: [
    { sport: "soccer", competitionId: "goalserve:1204", competition: "England: Premier League", events: 10 },
  ],
};

export const exampleOdds: Odds = {
  event: exampleEvent,
  confirmedAt: "2025-09-20T11:00:00.000Z",
  expired: false,
  ageSeconds: null,
  oddsFormat: "decimal",
  markets: [
    {
      book: "bet365",
      marketType: "1x2",
      period: "regulation",
      label: "",
      lineQuarters: null,
      line: null,
      outcomes: [
        {
          outcome: "home",
          price: "1.62",
          fraction: { numerator: "81", denominator: "50" },
          suspended: false,
        },
        { outcome: "draw", price: "4.20", fraction: { numerator: "21", denominator: "5" }, suspended: false },
        { outcome: "away", price: "5.00", fraction: { numerator: "5", denominator: "1" }, suspended: false },
      ],
    },
  ],
};

export const exampleOddsList: OddsList = { items: [exampleOdds], next: null };

export const exampleResults: ResultList = {
  items: [
    {
      ...fixture,
      version: 1,
      state: "final",
      homeScore: 2,
      awayScore: 1,
      halfHomeScore: 2,
      halfAwayScore: 0,
      recordedAt: "2025-09-20T13:25:00.000Z",
    },
  ],
  next: null,
};
