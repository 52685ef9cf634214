/*
 * Counts the soccer matches and results of a stored GoalServe score file, knowing nothing of the service: it imports nothing. A result
 * is a match at full time with both sides' goals.
 */

interface StoredMatch {
  source: string;
  match: Record<string, unknown>;
}

export function countScores(list: StoredMatch[]): { events: number; prices: number; results: number } {
  const soccer = list.filter(({ source }) => /soccer/.test(source));
  const results = soccer.filter(({ match }) => {
    const goals = ["localteam", "visitorteam"].map(
      (side) => (match[side] as Record<string, unknown>)["@goals"],
    );
    return match["@status"] === "FT" && goals.every((text) => /^[0-9]+$/.test(`${text}`));
  });
  return { events: soccer.length, prices: 0, results: results.length };
}
