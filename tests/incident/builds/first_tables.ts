import type { Owner } from "../database.ts";
import { brandMark } from "../load/arrivals.ts";
import type { WorkDone } from "./build.ts";

/** The first system's tables, as far as the incident touched them, for both of its builds. */
const TABLES = `
  create table sportsbook_operators (
    id bigint generated always as identity primary key,
    subdomain text not null unique,
    sportsbook_name text not null,
    email text not null,
    is_active boolean not null default true,
    settings jsonb not null
  );
  create table odds (
    event_id integer not null,
    outcome text not null,
    price numeric not null,
    updated_at timestamptz,
    primary key (event_id, outcome)
  );
  create table bets (
    id bigint generated always as identity primary key,
    event_id integer not null,
    stake numeric not null,
    status text not null default 'pending',
    settled_at timestamptz
  );
  create index bets_pending on bets (event_id) where status = 'pending';
  insert into odds (event_id, outcome, price)
  select event_id, outcome, 2.0
  from generate_series(1, 200) as event_id, unnest(array['home', 'draw', 'away']) as outcome;
  insert into bets (event_id, stake)
  select 1 + place % 200, 10
  from generate_series(1, 20000) as place;`;

const LOGIN = "first_system";

/** Makes the tables and a login without special rights; returns the login's URL. */
export async function createFirstTables(owner: Owner, { loginUrl }: { loginUrl: string }): Promise<string> {
  const url = new URL(loginUrl);
  url.username = LOGIN;
  await owner.query(TABLES);
  // A password of the cluster's own making, in hexadecimal or base64url: it holds no quote.
  await owner.query(`create role ${LOGIN} login password '${url.password}'`);
  await owner.query(`grant select, insert, update on all tables in schema public to ${LOGIN}`);
  return url.href;
}

/** Adds operators with a settings document of about the size that real ones have. */
export async function insertOperators(owner: Owner, slugs: readonly string[]): Promise<void> {
  await owner.query(
    `insert into sportsbook_operators (subdomain, sportsbook_name, email, settings)
     select slug, name, 'support@' || slug || '.example', $3::jsonb
     from unnest($1::text[], $2::text[]) as operators (slug, name)`,
    [slugs, slugs.map((slug) => `Brand ${brandMark(slug)}`), JSON.stringify(SETTINGS)],
  );
}

export async function renameOperator(
  owner: Owner,
  { name, slug }: { slug: string; name: string },
): Promise<void> {
  await owner.query("update sportsbook_operators set sportsbook_name = $2 where subdomain = $1", [
    slug,
    name,
  ]);
}

export async function countFirstWork(owner: Owner, since: Date): Promise<WorkDone> {
  const [row] = await owner.query<WorkDone>(
    `select (select count(*)::integer from odds where updated_at >= $1) as prices,
            (select count(*)::integer from bets where settled_at >= $1) as bets`,
    [since],
  );
  return row ?? { prices: 0, bets: 0 };
}

const SETTINGS = {
  theme: {
    primary_color: "#1f6feb",
    secondary_color: "#0d1117",
    accent_color: "#f0883e",
    background_color: "#010409",
    text_color: "#ffffff",
    success_color: "#27ae60",
    error_color: "#e74c3c",
  },
  texts: { welcome_message: "Welcome to our sportsbook", footer_text: "Play responsibly. 18+" },
  features: { live_betting: true, cash_out: true, multi_bet: true, statistics: true, promotions: false },
  betting: {
    default_currency: "EUR",
    odds_format: "decimal",
    min_bet: 1,
    max_bet: 10_000,
    max_payout: 100_000,
  },
};
