import type { Owner } from "../database.ts";
import { brandMark } from "../load/arrivals.ts";
import type { WorkDone } from "./build.ts";

/** Adds tenants with a branding each, as an operator's tool would by SQL. */
export async function insertTenants(owner: Owner, slugs: readonly string[]): Promise<void> {
  const ids = slugs.map(() => Bun.randomUUIDv7());
  const names = slugs.map((slug) => `Brand ${brandMark(slug)}`);
  const documents = names.map((name) => JSON.stringify({ ...DOCUMENT, name }));
  await owner.query(
    `with named as (
       insert into tenants (tenant_id, slug, display_name, created_at, updated_at)
       select tenant_id, slug, name, $5::timestamptz, $5::timestamptz
       from unnest($1::uuid[], $2::text[], $3::text[]) as added (tenant_id, slug, name)
     )
     insert into branding (tenant_id, version, document, updated_at)
     select tenant_id, 1, document::jsonb, $5::timestamptz
     from unnest($1::uuid[], $4::text[]) as added (tenant_id, document)`,
    [ids, slugs, names, documents, new Date().toISOString()],
  );
}

export async function renameTenant(
  owner: Owner,
  { name, slug }: { slug: string; name: string },
): Promise<void> {
  await owner.query(
    `with named as (
       update tenants
       set display_name = $2
       where slug = $1
       returning tenant_id
     )
     update branding
     set version = version + 1, document = jsonb_set(document, '{name}', to_jsonb($2::text))
     where tenant_id in (select tenant_id from named)`,
    [slug, name],
  );
}

export async function countLineholdWork(owner: Owner, since: Date): Promise<WorkDone> {
  const [row] = await owner.query<WorkDone>(
    `select (select count(*)::integer from prices where updated_at >= $1) as prices,
            (select count(*)::integer from settlements where settled_at >= $1) as bets`,
    [since],
  );
  return row ?? { prices: 0, bets: 0 };
}

const DOCUMENT = {
  colors: {
    primary: "#1f6feb",
    secondary: "#0d1117",
    accent: "#f0883e",
    background: "#010409",
    text: "#ffffff",
  },
  typography: { fontFamily: "inter", headingFamily: "oswald", scale: "regular" },
  texts: { welcome: "Welcome to our sportsbook", footer: "Play responsibly. 18+" },
  features: { liveBetting: true, cashOut: true, promotions: false, liveChat: false, statistics: true },
  betting: {
    currency: "EUR",
    oddsFormat: "decimal",
    minStakeMinor: 100,
    maxStakeMinor: 1_000_000,
    maxPayoutMinor: 10_000_000,
  },
};
