import { saveBranding, selectBrandingVersions } from "../branding/mod.ts";
import { parseConfig } from "../config.ts";
import { createLog } from "../log.ts";
import {
  type OfferSettings,
  saveOffer,
  selectTenantOffer,
  selectUnstoredNames,
  type UnstoredName,
} from "../odds/mod.ts";
import { RETENTION_DAYS_MAX, setRetention } from "../players/mod.ts";
import { CommitUnknownError, openPool, type Pool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import {
  createTenant,
  findTenant,
  listTenants,
  resumeTenant,
  suspendTenant,
  type Tenant,
  type TenantStateChange,
} from "../tenants/mod.ts";
import { EXIT, runSubcommand, type Subcommand, subcommand, UsageError } from "./_command_line.ts";
import { openCommandDatabase } from "./_database.ts";
import { readJsonFile } from "./_json_file.ts";
import { type OfferFlags, readOfferChange } from "./_offer_flags.ts";
import { tenantKeyCommand } from "./_tenant_keys.ts";
import { tenantLimitsCommand } from "./_tenant_limits.ts";
import { tenantSettlementCommand } from "./_tenant_settlement.ts";

const HELP = `
Usage: bun run tenant list [--json]
       bun run tenant create --slug SLUG --name NAME [--host HOST ...] [--json]
       bun run tenant brand --slug SLUG --file FILE [--expect-version N] [--json]
       bun run tenant set SLUG [--margin-bps N] [--margin RULE ...] [--off NAMES ...] [--on NAMES ...]
                      [--odds-format FORMAT] [--file FILE] [--expect-version N] [--retention-days N] [--json]
       bun run tenant offer SLUG
       bun run tenant limits SLUG [--file FILE] [--open | --closed] [--expect-version N]
       bun run tenant settlement SLUG [--rules N|newest] [--negative-balance POLICY] [--expect-version N] [--json]
       bun run tenant suspend --slug SLUG [--json]
       bun run tenant resume --slug SLUG [--json]
       bun run tenant key create --slug SLUG --name NAME [--days N] [--json]
       bun run tenant key list --slug SLUG [--json]
       bun run tenant key revoke --slug SLUG (--name NAME | --id ID) [--json]

Lists and changes the brands of a deployment. What is changed is served by every web machine within about a second.

  list     every tenant, its state, its hosts and the version of its brand (0: none saved, the built-in one is shown)
  create   an active tenant at /SLUG, at SLUG.BASE_DOMAIN, and at each HOST
  brand    saves the theme in FILE in place of the one before, whole or not at all; every fault is named with its path
  set      changes what is named of the tenant's margin, switches and odds format; what is not named stays as it is;
           sports, competitions and books that nothing stored has are saved, and named on standard error
  offer    prints all of them as JSON, as --file takes them
  limits   prints what bets are bounded by as JSON, or saves it: --file the whole of it, --open and --closed whether any bet is taken;
           once it has returned, no bet is taken by what was before
  settlement  prints how bets are settled, or changes what is named of it: bets keep the house rules they were placed under
  suspend  shows the tenant's visitors 404 from now on; nothing is deleted
  resume   shows a suspended tenant again
  key create   makes an operator's key and prints it once; it is stored hashed, and audit rows carry its name
  key list     every key the tenant ever had, and until when it is good
  key revoke   ends a key for good, and waits for what is being done with it

  --slug   1 to 63 of a-z, 0-9 and hyphens; names that paths need, such as health or docs, are refused
  --name   what visitors know the brand as; of a key, who or what uses it
  --host   a domain of the tenant's own, without scheme and port; may be given several times
  --file   JSON as load-theme answers it (see Theme in /docs), whole or in part: what is left out stays as built in, and the
           tenant and version in it are not kept
  --margin-bps   the margin on everything no rule fits, in basis points of what a winner would win, 0 to 5000
  --margin       a rule, as in sport:tennis=700, market:correct_score=1200 or sport:soccer/market:1x2=400, the last before the
                 second before the first; =none takes a rule away; may be given several times
  --off, --on    sport:, competition:, market: or book: and a name, with commas: not shown and not bettable, or shown again
  --odds-format  decimal, american or fractional: how prices are written; what is paid does not depend on it
  --retention-days  for how many days after it was closed the person behind an account is kept, 0 to 36500; 1825 while never set
  set --file     the whole offer from a file, in place of the one before; what it leaves out is as if it had never been set
  --rules        the published house rules that bets are taken under from now on, or newest for whichever is the newest
  --negative-balance  what becomes of a balance that a corrected result took below zero: debt lets it stand, write_off pays it
                      from the tenant's adjustments, freeze refuses bets and withdrawals until an operator lifts it; debt while never set
  --expect-version  refuse unless this is the version now; without it, whichever is there is replaced
  --days   how long a key is good; for good without it
  --id     a key's id, as "key list" prints it
  --json   print JSON
  --help   print this

Without DATABASE_URL it uses the embedded server of DATA_DIR (.data unless set), also while "bun start" runs.
With it, run "bun run migrate" first.

Exit codes: 0 done, 1 failed (nothing is changed), 64 wrong arguments, 78 wrong settings.
`;

const named = { name: "tenant", help: HELP };
const json = { type: "boolean" } as const;
const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;

await runSubcommand(named, [
  subcommand("list", { ...named, options: { json }, run: (given) => list(given) }),
  subcommand("create", {
    ...named,
    options: { slug: text, name: text, host: { type: "string", multiple: true }, json },
    run: (given) => create(given),
  }),
  subcommand("brand", {
    ...named,
    options: { slug: text, file: text, "expect-version": text, json },
    run: (given) => brand(given),
  }),
  slugFirst(
    subcommand("set", {
      ...named,
      options: {
        slug: text,
        "margin-bps": text,
        margin: texts,
        off: texts,
        on: texts,
        "odds-format": text,
        file: text,
        "expect-version": text,
        "retention-days": text,
        json,
      },
      run: (given) => set(given),
    }),
  ),
  slugFirst(subcommand("offer", { ...named, options: { slug: text }, run: (given) => printOffer(given) })),
  slugFirst(tenantLimitsCommand({ help: HELP, find, withPool, now })),
  slugFirst(tenantSettlementCommand({ help: HELP, find, withPool, now })),
  subcommand("suspend", {
    ...named,
    options: { slug: text, json },
    run: (given) => setState(given, suspendTenant),
  }),
  subcommand("resume", {
    ...named,
    options: { slug: text, json },
    run: (given) => setState(given, resumeTenant),
  }),
  tenantKeyCommand({ help: HELP, find, withPool, now }),
]);

async function list(given: { json?: boolean | undefined }): Promise<number> {
  const tenants = await withPool(async (pool) => {
    await using lease = await pool.lease();
    const versions = new Map(
      (await selectBrandingVersions(lease.connection)).map((row) => [row.tenant_id, Number(row.version)]),
    );
    const found = await listTenants(lease.connection);
    return found.map((tenant) => ({ ...tenant, brandVersion: versions.get(tenant.tenantId) ?? 0 }));
  });
  const lines = tenants.map(
    ({ slug, state, brandVersion, displayName, hosts }) =>
      `${slug}  ${state}  brand ${brandVersion}  ${displayName}${hosts.length > 0 ? `  ${hosts.join(" ")}` : ""}`,
  );
  say(given, tenants, lines.length > 0 ? lines.join("\n") : "No tenant yet: bun run tenant create");
  return EXIT.done;
}

async function create(given: {
  slug?: string | undefined;
  name?: string | undefined;
  host?: string[] | undefined;
  json?: boolean | undefined;
}): Promise<number> {
  const slug = required(given.slug, "--slug SLUG");
  const displayName = required(given.name, "--name NAME");
  const { baseDomain } = parseConfig(Bun.env).http;
  const tenant = await withPool((pool) =>
    createTenant(
      { slug, displayName, hosts: given.host ?? [] },
      { pool, at: now(), newId: () => Bun.randomUUIDv7(), baseDomain },
    ),
  );
  say(given, tenant, `Created ${slug}: try /${slug}/api/public/load-theme`);
  return EXIT.done;
}

async function brand(given: {
  slug?: string | undefined;
  file?: string | undefined;
  "expect-version"?: string | undefined;
  json?: boolean | undefined;
}): Promise<number> {
  const slug = required(given.slug, "--slug SLUG");
  const file = required(given.file, "--file FILE");
  const expected = versionOf(given["expect-version"]);
  const document = await readJsonFile(file);
  const { tenant, version } = await withPool(async (pool) => {
    const tenant = await find(pool, slug);
    const wanted = { tenantId: tenant.tenantId, document };
    const saved = await saveBranding(
      expected === undefined ? wanted : { ...wanted, expectedVersion: expected },
      { pool, at: now() },
    );
    return { tenant, version: Number(saved.version) };
  });
  say(given, { slug, tenantId: tenant.tenantId, version }, `Saved version ${version} of ${slug}`);
  return EXIT.done;
}

type SetGiven = OfferFlags & {
  readonly slug?: string | undefined;
  readonly "expect-version"?: string | undefined;
  readonly "retention-days"?: string | undefined;
  readonly json?: boolean | undefined;
};

async function set(given: SetGiven): Promise<number> {
  const { json, slug, "retention-days": retention, ...offer } = given;
  const isOffer = Object.values(offer).some((value) => value !== undefined);
  if (retention === undefined) return await setOffer(given);
  if (isOffer) throw new UsageError("--retention-days is set by itself");
  const named = required(slug, "SLUG");
  if (!/^\d{1,5}$/.test(retention) || Number(retention) > RETENTION_DAYS_MAX)
    throw new UsageError(
      `--retention-days must be a whole number from 0 to ${RETENTION_DAYS_MAX}: it is "${retention}"`,
    );
  const days = Number(retention);
  const tenantId = await withPool(async (pool) => {
    const { tenantId } = await find(pool, named);
    await using lease = await pool.lease({ access: "write", tenantId });
    await setRetention(lease.connection, { tenantId, days, at: now() });
    await lease.commit();
    return tenantId;
  });
  const words = `${named} keeps the persons behind closed accounts for ${days} days`;
  say({ json }, { slug: named, tenantId, retentionDays: days }, words);
  return EXIT.done;
}

async function setOffer(given: SetGiven): Promise<number> {
  const slug = required(given.slug, "SLUG");
  const expected = versionOf(given["expect-version"]);
  const change = await readOfferChange(given);
  const { offer, unstored } = await withPool(async (pool) => {
    const { tenantId } = await find(pool, slug);
    const wanted = { tenantId, change };
    const offer = await saveOffer(
      expected === undefined ? wanted : { ...wanted, expectedVersion: Number(expected) },
      { pool, at: now() },
    );
    return { offer, unstored: await unstoredOf(pool, offer.settings) };
  });
  const { tenantId, version, settings } = offer;
  say(given, { slug, tenantId, version, ...settings }, `Saved version ${version} of the offer of ${slug}`);
  for (const { kind, name } of unstored)
    process.stderr.write(`Nothing stored has the ${kind} ${JSON.stringify(name)} yet: is it misspelt?\n`);
  return EXIT.done;
}

/** None if it cannot be told: the offer is saved by then. */
async function unstoredOf(pool: Pool, settings: OfferSettings): Promise<UnstoredName[]> {
  try {
    await using lease = await pool.lease();
    return await selectUnstoredNames(lease.connection, settings);
  } catch {
    return [];
  }
}

async function printOffer(given: { slug?: string | undefined }): Promise<number> {
  const slug = required(given.slug, "SLUG");
  const { settings } = await withPool(async (pool) => {
    const { tenantId } = await find(pool, slug);
    await using lease = await pool.lease({ tenantId });
    return await selectTenantOffer(lease.connection, tenantId);
  });
  process.stdout.write(`${JSON.stringify(settings, undefined, 2)}\n`);
  return EXIT.done;
}

async function setState(
  given: { slug?: string | undefined; json?: boolean | undefined },
  change: (slug: string, deps: { pool: Pool; at: Date }) => Promise<TenantStateChange>,
): Promise<number> {
  const slug = required(given.slug, "--slug SLUG");
  const { tenant, changed } = await withPool((pool) => change(slug, { pool, at: now() }));
  say(given, { ...tenant, changed }, `${slug} is ${tenant.state}${changed ? "" : ", as it was"}`);
  return EXIT.done;
}

async function find(pool: Pool, slug: string): Promise<Tenant> {
  await using lease = await pool.lease();
  return await findTenant(lease.connection, slug);
}

/** The environment is read, and the database opened, only once the arguments hold. */
async function withPool<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
  const config = parseConfig(Bun.env);
  const log = createLog({
    process: "tenant",
    level: "warn",
    clock: systemClock,
    write: (line) => process.stderr.write(line),
  });
  await using database = await openCommandDatabase(config, { log });
  await using pool = openPool(
    { url: database.url, role: "linehold_web", applicationName: "linehold tenant", max: 1 },
    { clock: systemClock, random: Math.random },
  );
  return await work(pool).catch((error: unknown) => {
    if (!(error instanceof CommitUnknownError)) throw error;
    throw new CommitUnknownError(`${error.message}: look with "bun run tenant list"`, { cause: error });
  });
}

/** A verb whose tenant may stand right after it. */
function slugFirst({ verb, exitCodeOf }: Subcommand): Subcommand {
  const named = (words: readonly string[]) =>
    words[0] === undefined || words[0].startsWith("-") ? words : ["--slug", ...words];
  return { verb, exitCodeOf: (words) => exitCodeOf(named(words)) };
}

function required(value: string | undefined, what: string): string {
  if (value === undefined || value === "") throw new UsageError(`Say which: ${what}`);
  return value;
}

function versionOf(given: string | undefined): bigint | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,18}$/.test(given)) return BigInt(given);
  throw new UsageError(`--expect-version must be a whole number: it is "${given}"`);
}

function say(given: { json?: boolean | undefined }, data: unknown, words: string): void {
  process.stdout.write(`${given.json === true ? JSON.stringify(data) : words}\n`);
}

function now(): Date {
  return new Date(systemClock.epochMs());
}
