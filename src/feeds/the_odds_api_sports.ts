import { textAt } from "./_json.ts";
import { readRecords } from "./_json_records.ts";
import { sportOf } from "./_the_odds_api_game.ts";
import { FeedUnreadableError } from "./errors.ts";
import type { ReadContext } from "./snapshot.ts";

/** A competition of the vendor that can be polled by its key. */
export interface TheOddsApiSport {
  /** As in `/sports/{key}/odds`: `americanfootball_nfl`. */
  readonly key: string;
  /** Our name of the sport. */
  readonly sport: string;
  readonly title: string;
  /** In season: asking for anything else is a credit spent on nothing. */
  readonly active: boolean;
  /** Sold by winner alone: it has no fixtures. */
  readonly hasOutrights: boolean;
}

/**
 * Reads one answer of The Odds API's v4 `/sports`, which is free of the quota.
 *
 * @throws {FeedUnreadableError} If it is not such an answer.
 */
export async function readTheOddsApiSports(
  body: AsyncIterable<Uint8Array>,
  { source }: Pick<ReadContext, "source">,
): Promise<TheOddsApiSport[]> {
  const sports: TheOddsApiSport[] = [];
  await readRecords(body, source, (element) => {
    if (textAt(element, "key") === "" || typeof element["active"] !== "boolean")
      throw new FeedUnreadableError(source, "it is no list of sports");
    sports.push({
      key: textAt(element, "key"),
      sport: sportOf(textAt(element, "key")),
      title: textAt(element, "title"),
      active: element["active"],
      hasOutrights: element["has_outrights"] === true,
    });
  });
  return sports;
}
