import type { TestDatabase } from "../harness/mod.ts";

// What a season's bets must return, in SQL over the raw lines of its file. It shares nothing with the service: not the reader, not the
// money, not the rules.
const TABLES = `
  create table oracle_lines (number bigint primary key, fields text[] not null);

  -- A cell by the name of its column: null without the column. Blanks, those of Windows among them, are no content.
  create function oracle_cell(cells text[], name text) returns text
  language sql stable as $$
    select case
      when array_position(fields, name) is not null
      then coalesce(btrim(cells[array_position(fields, name)], U&' \\0009\\000D\\00A0'), '')
    end
    from oracle_lines
    where number = 1
  $$;`;

const BETS = `
  create table oracle_bets as
  with matches as (
    select
      number,
      fields,
      to_char(
        to_date(
          oracle_cell(fields, 'Date'),
          case length(oracle_cell(fields, 'Date')) when 8 then 'DD/MM/YY' else 'DD/MM/YYYY' end
        ),
        'YYYY-MM-DD'
      ) || '/' || oracle_cell(fields, 'HomeTeam') || '/' || oracle_cell(fields, 'AwayTeam') as match,
      oracle_cell(fields, 'FTHG')::integer as home,
      oracle_cell(fields, 'FTAG')::integer as away
    from oracle_lines
    where number > 1 and oracle_cell(fields, 'FTHG') ~ '^\\d+$' and oracle_cell(fields, 'FTAG') ~ '^\\d+$'
  ), priced as (
    select
      match, home, away, market, line,
      case
        when oracle_cell(fields, K || price_column) is not null or market = '1x2'
        then oracle_cell(fields, K || price_column)
        else oracle_cell(fields, 'BbAv' || price_column)
      end as price
    from matches
    cross join lateral (values
      ('1x2', 'H', null),
      ('totals', '>2.5', '2.5'),
      ('asian_handicap', 'AHH', coalesce(oracle_cell(fields, 'AHh'), oracle_cell(fields, 'BbAHh')))
    ) as market (market, price_column, line)
  ), judged as (
    select
      *,
      case
        when price is null then 'column_missing'
        when price = '' then 'price_blank'
        when price !~ '^\\d+(\\.\\d+)?$' then 'price_unreadable'
        when price::numeric <= 1 then 'price_not_above_one'
        when market <> '1x2' and (line !~ '^[-+]?\\d+(\\.\\d+)?$' or line::numeric * 4 <> trunc(line::numeric * 4))
        then 'line_not_quarter'
      end as skipped
    from priced
  ), graded as (
    -- By how many quarters of a goal the bet is ahead: two or more win it whole, one wins half of it, and the same downwards.
    select
      *,
      case
        when skipped is not null then null
        when market = '1x2' then case when home > away then 2 else -2 end
        when market = 'totals' then 4 * (home + away) - line::numeric * 4
        else 4 * (home - away) + line::numeric * 4
      end as ahead
    from judged
  )
  select
    match,
    market,
    home || '-' || away as score,
    price,
    line,
    skipped,
    case
      when ahead >= 2 then 'won'
      when ahead = 1 then 'half_won'
      when ahead = 0 then 'void'
      when ahead = -1 then 'half_lost'
      when ahead <= -2 then 'lost'
    end as ended,
    floor(STAKE * case
      when ahead >= 2 then price::numeric
      when ahead = 1 then (price::numeric + 1) / 2
      when ahead = 0 then 1
      when ahead = -1 then 0.5
      when ahead <= -2 then 0
    end + 0.5)::bigint as return_minor
  from graded`;

export interface OracleQuestion {
  /** As the file is: UTF-8, or else Windows-1252. */
  readonly bytes: Uint8Array;
  readonly book: string;
  readonly stakeMinor: bigint;
}

/** Works the bets of a file out, into the table `oracle_bets` of the database. */
export async function askOracle(
  database: TestDatabase,
  { bytes, book, stakeMinor }: OracleQuestion,
): Promise<void> {
  await database.owner(TABLES);
  const lines = textOf(bytes)
    .split(/\r?\n/)
    .filter((line) => line.replaceAll(",", "").trim() !== "");
  await database.owner(
    `insert into oracle_lines
     select number, string_to_array(line, ',')
     from unnest($1::text[]) with ordinality as read (line, number)`,
    [lines],
  );
  await database.owner(BETS.replaceAll("K ||", `'${book}' ||`).replaceAll("STAKE", `${stakeMinor}::numeric`));
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

const REPORTS = `
  select
    market,
    count(*) filter (where skipped is null)::integer as bets,
    count(*) filter (where ended = 'won')::integer as won,
    count(*) filter (where ended = 'half_won')::integer as half_won,
    count(*) filter (where ended = 'void')::integer as void,
    count(*) filter (where ended = 'half_lost')::integer as half_lost,
    count(*) filter (where ended = 'lost')::integer as lost,
    (count(*) filter (where skipped is null) * $1::bigint)::integer as staked_minor,
    coalesce(sum(return_minor), 0)::integer as returned_minor,
    coalesce(
      (select jsonb_object_agg(skipped, times) from (
        select skipped, count(*) as times
        from oracle_bets as others
        where others.market = oracle_bets.market and skipped is not null
        group by skipped
      ) as reasons), '{}') as skipped
  from oracle_bets
  group by market`;

/** What the command must report of each market. */
export async function reportsByOracle(
  database: TestDatabase,
  stakeMinor: bigint,
): Promise<Readonly<Record<string, object>>> {
  const rows = await database.owner<{ readonly market: string }>(REPORTS, [stakeMinor]);
  return Object.fromEntries(rows.map(({ market, ...report }) => [market, report]));
}

const DIFFERENCES = `
  with settled as (
    select
      events.source_event_id as match,
      case bet_legs.market_type when 'total' then 'totals' else bet_legs.market_type end as market,
      case settlements.result * 10 + settlements.void_halves
        when 10 then 'won' when 11 then 'half_won' when 2 then 'void' when 1 then 'half_lost' when 0 then 'lost'
      end as ended,
      settlements.return_minor
    from bets
    join bet_legs using (tenant_id, bet_id)
    join events using (event_id)
    left join settlements using (tenant_id, bet_id, settlement_version)
  ), wanted as (
    select match, market, ended, return_minor
    from oracle_bets
    where skipped is null
  )
  select
    match, market,
    wanted.ended || ' ' || wanted.return_minor as wanted,
    settled.ended || ' ' || settled.return_minor as settled
  from wanted
  full join settled using (match, market)
  where (wanted.ended, wanted.return_minor) is distinct from (settled.ended, settled.return_minor)
  order by match, market`;

export interface Difference {
  readonly match: string;
  readonly market: string;
  /** How it must have ended and what it must return; `null` without a bet. */
  readonly wanted: string | null;
  readonly settled: string | null;
}

/** The bets in the database that did not end, or are not there, as the oracle says. */
export function differencesFromOracle(database: TestDatabase): Promise<Difference[]> {
  return database.owner<Difference>(DIFFERENCES);
}
