import type { EventFacts, EventStatus } from "../markets/mod.ts";
import { type Columns, pricesIn, readHeader } from "./_football_data_columns.ts";
import { countsIn } from "./_football_data_counts.ts";
import { csvRows } from "./_football_data_csv.ts";
import { readResult } from "./_football_data_result.ts";
import { dayOf, kickOff } from "./_football_data_time.ts";
import { FeedUnreadableError } from "./errors.ts";
import { createPriceMemory, judgePrices, type PriceMemory, type RawPrice } from "./judge_prices.ts";
import type { PriceTally, QuarantineItem, ReadAnswer, ReadContext, SnapshotEvent } from "./snapshot.ts";
import { tallyOf } from "./tally.ts";

const VENDOR = "football_data";
const DIVISION = /^[A-Z]{1,3}\d?$/;

/** The name of one of the site's divisions, as `E0`, as a source of its own. */
export function footballDataSource(division: string): string {
  return `${VENDOR}/${division}`;
}

/**
 * Reads one file of football-data.co.uk: fixtures or a season so far, one row a match, in either column family.
 *
 * It speaks of the matches it names alone: a season that was broken off just ends, and the next file is another season. A match is
 * known by its day and sides, since a pair can meet twice a season at the same ground. Files have no version of their own: the day
 * of reading orders them, as they are published twice a week; the same file again on that day is the same answer again. A blank
 * price is no price: what a row does not price is not offered.
 *
 * @throws {FeedUnreadableError} If it is no such file, ends early, or nobody says which division it is of.
 */
export const readFootballData: ReadAnswer = async (body, context) => {
  const version = BigInt(context.at.toISOString().slice(0, 10).replaceAll("-", ""));
  let columns: Columns | undefined;
  let division = divisionAsked(context.source);
  const readings: Reading[] = [];
  const memory = createPriceMemory();
  for await (const row of csvRows(body, context.source)) {
    if (columns === undefined) {
      columns = readHeader(row, context.source);
      continue;
    }
    const named = columns.text(row, "Div");
    division ??= divisionNamed(named, context);
    if (named === "" || named === division) {
      readings.push(readRow(row, columns, { division, at: context.at, version, memory }));
    } else if (divisionAsked(context.source) === undefined) {
      throw new FeedUnreadableError(context.source, "it holds several divisions and none was asked for");
    }
  }
  return {
    source: division === undefined ? VENDOR : footballDataSource(division),
    version,
    scope: readings.length === 0 ? "nothing" : "named",
    events: readings.flatMap(({ event }) => event ?? []),
    quarantined: readings.flatMap(({ quarantined }) => quarantined),
    counts: {
      events: readings.length,
      markets: readings.reduce((sum, { markets }) => sum + markets, 0),
      ...tallyOf(readings.map(({ tally }) => tally)),
    },
  };
};

/**
 * The names of a file's columns, each once. Which books and markets a file prices is said by its header alone: the site has renamed,
 * added and dropped columns over the years.
 *
 * @throws {FeedUnreadableError} If it is no such file.
 */
export async function readFootballDataColumns(
  body: AsyncIterable<Uint8Array>,
  source: string,
): Promise<ReadonlySet<string>> {
  const rows = csvRows(body, source);
  const { value: header } = await rows.next();
  await rows.return(undefined);
  return new Set((header ?? []).filter((name: string) => name !== ""));
}

function divisionAsked(source: string): string | undefined {
  const [vendor, division = ""] = source.split("/");
  return vendor === VENDOR && DIVISION.test(division) ? division : undefined;
}

/** Reduced files have no column for it. */
function divisionNamed(named: string, { source, sport }: ReadContext): string {
  const division = named || (sport ?? "");
  if (!DIVISION.test(division))
    throw new FeedUnreadableError(source, "it does not say which division it is of");
  return division;
}

interface Reading {
  readonly event: SnapshotEvent | undefined;
  readonly quarantined: readonly QuarantineItem[];
  readonly markets: number;
  readonly tally: PriceTally;
}

interface RowContext {
  readonly division: string;
  readonly at: Date;
  readonly version: bigint;
  readonly memory: PriceMemory;
}

function readRow(row: readonly string[], columns: Columns, context: RowContext): Reading {
  const { raws, markets } = pricesIn(row, columns);
  const match = readMatch(row, columns);
  if (match === undefined) return withoutEvent(row, columns, { raws, markets });
  const { result, contradiction } = readResult((name) => columns.text(row, name));
  const isOver = contradiction !== undefined || result !== undefined;
  const status: EventStatus =
    contradiction !== undefined
      ? "unknown"
      : isOver
        ? "ended"
        : match.startsAt > context.at
          ? "scheduled"
          : "live";
  const facts: EventFacts = { ...match, ...competitionOf(context), status, sourceVersion: context.version };
  const { prices, quarantined, tally } = judgePrices(match.sourceEventId, raws, context.memory);
  const aside: QuarantineItem[] =
    contradiction === undefined
      ? []
      : [
          {
            sourceEventId: match.sourceEventId,
            reason: "result_contradicted",
            item: "result",
            sample: contradiction,
          },
        ];
  const counts = countsIn((name) => columns.text(row, name), context.division);
  const over = result === undefined ? {} : { result, ...(counts.length === 0 ? {} : { known: { counts } }) };
  const event = { facts, prices, ...over };
  return { event, quarantined: [...quarantined, ...aside], markets, tally };
}

type Match = Pick<EventFacts, "sourceEventId" | "home" | "away" | "startsAt">;

/** Which match a row speaks of, or `undefined` if its day, sides or width are not readable. */
function readMatch(row: readonly string[], { text, width }: Columns): Match | undefined {
  const day = dayOf(text(row, "Date"));
  const [home, away] = [text(row, "HomeTeam"), text(row, "AwayTeam")].map((name) => name.slice(0, NAME_MAX));
  const isWhole = row.length >= width && row.slice(width).every((field) => field === "");
  if (!isWhole || day === undefined || !home || !away || home === away) return undefined;
  const startsAt = kickOff(day, text(row, "Time"));
  return startsAt && { sourceEventId: `${day}/${home}/${away}`, home, away, startsAt };
}

/** Well below what an index row of Postgres can hold. */
const NAME_MAX = 200;

const COMPETITIONS: Readonly<Record<string, string>> = {
  E0: "England: Premier League",
  E1: "England: Championship",
  E2: "England: League One",
  E3: "England: League Two",
  EC: "England: National League",
  SC0: "Scotland: Premiership",
  SC1: "Scotland: Championship",
  SC2: "Scotland: League One",
  SC3: "Scotland: League Two",
  D1: "Germany: Bundesliga",
  D2: "Germany: 2. Bundesliga",
  I1: "Italy: Serie A",
  I2: "Italy: Serie B",
  SP1: "Spain: La Liga",
  SP2: "Spain: Segunda",
  F1: "France: Ligue 1",
  F2: "France: Ligue 2",
  N1: "Netherlands: Eredivisie",
  B1: "Belgium: First Division A",
  P1: "Portugal: Primeira Liga",
  T1: "Turkey: Super Lig",
  G1: "Greece: Super League",
};

function competitionOf({
  division,
}: RowContext): Pick<EventFacts, "sport" | "competitionId" | "competition"> {
  const competition = Object.hasOwn(COMPETITIONS, division) ? COMPETITIONS[division] : undefined;
  return { sport: "soccer", competitionId: `soccer-${division}`, competition: competition ?? division };
}

/** Prices of a row that cannot be told from another belong to nothing: all of them are set aside. */
function withoutEvent(
  row: readonly string[],
  { text }: Columns,
  { raws, markets }: { readonly raws: readonly RawPrice[]; readonly markets: number },
): Reading {
  const words = [text(row, "Date"), text(row, "Time"), text(row, "HomeTeam"), text(row, "AwayTeam")];
  const item: QuarantineItem = {
    sourceEventId: words.join("/").slice(0, NAME_MAX),
    reason: "price_unreadable",
    item: "event",
    sample: {
      why: "the row has no readable day, time and sides, or more or fewer fields than the header",
      fields: row.length,
    },
  };
  const quarantined = raws.length > 0 ? { price_unreadable: raws.length } : {};
  const tally: PriceTally = { prices: raws.length, open: 0, suspended: 0, quarantined };
  return { event: undefined, quarantined: [item], markets, tally };
}
