import type { Clock } from "../resilience/mod.ts";

/** Which events a competition's readers follow, and since when. */
export interface Competition {
  readonly eventIds: ReadonlySet<string>;
  /** Whoever is not as far does not know all its events. */
  readonly since: number;
}

/** The competitions that readers follow. */
export interface Competitions {
  /** The competition as it is now. @throws {DatabaseUnavailableError} If its events were never loaded. */
  look(competitionId: string): Promise<Competition>;
  /** Looks again at those that were not looked at for long; says which have events they had not. */
  lookAgain(followed: ReadonlySet<string>): Promise<readonly string[]>;
  known(competitionId: string): Competition | undefined;
}

export interface CompetitionsOptions {
  readonly lookMs: number;
  readonly lingerMs: number;
}

export interface CompetitionsDeps {
  readonly eventIdsOf: (competitionId: string) => Promise<readonly string[]>;
  /** Takes a number that no message bears: whoever has had only what came before is not as far. */
  readonly skip: () => number;
  readonly clock: Pick<Clock, "now">;
}

interface Known {
  eventIds: ReadonlySet<string>;
  since: number;
  lookedAt: number;
  followedAt: number;
}

/** No competition yet. */
export function createCompetitions(
  { lingerMs, lookMs }: CompetitionsOptions,
  { clock, eventIdsOf, skip }: CompetitionsDeps,
): Competitions {
  const competitions = new Map<string, Known>();
  const look = async (competitionId: string): Promise<Known> => {
    const found = await eventIdsOf(competitionId);
    const now = clock.now();
    const known = competitions.get(competitionId);
    const fresh = found.filter((eventId) => known?.eventIds.has(eventId) !== true);
    if (known === undefined) {
      const competition = { eventIds: new Set(found), since: skip(), lookedAt: now, followedAt: now };
      competitions.set(competitionId, competition);
      return competition;
    }
    known.lookedAt = now;
    // Events that are over stay with those who follow them, and are no longer given to those who come.
    if (fresh.length > 0) known.since = skip();
    if (fresh.length > 0 || found.length < known.eventIds.size) known.eventIds = new Set(found);
    return known;
  };
  return {
    async look(competitionId) {
      const competition = await look(competitionId);
      competition.followedAt = clock.now();
      return competition;
    },
    async lookAgain(followed) {
      const now = clock.now();
      const grown: string[] = [];
      for (const [competitionId, competition] of competitions) {
        if (followed.has(competitionId)) competition.followedAt = now;
        else if (now - competition.followedAt > lingerMs) competitions.delete(competitionId);
        if (!followed.has(competitionId) || now - competition.lookedAt < lookMs) continue;
        const { since } = competition;
        const looked = await look(competitionId).catch(() => competition);
        if (looked.since !== since) grown.push(competitionId);
      }
      return grown;
    },
    known: (competitionId) => competitions.get(competitionId),
  };
}
