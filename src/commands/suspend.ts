import { parseLineQuarters } from "../markets/mod.ts";
import {
  liftSuspension,
  listSuspensions,
  type SuspensionRecord,
  type SuspensionScope,
  suspend,
} from "../odds/mod.ts";
import type { Pool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { findTenant } from "../tenants/mod.ts";
import { EXIT, runCommand, runSubcommand, subcommand, UsageError } from "./_command_line.ts";
import { withCommandPool } from "./_command_pool.ts";
import { idFlag, limitFlag, plain, requiredFlag, say } from "./_words.ts";

const HELP = `
Usage: bun run suspend [--tenant SLUG] (--source SOURCE | --event ID) [--book BOOK] [--market TYPE] [--period PERIOD] [--line LINE]
                       [--label LABEL] [--outcome OUTCOME] --reason TEXT --actor NAME [--json]
       bun run suspend lift --id ID [--tenant SLUG] --actor NAME [--json]
       bun run suspend list [--tenant SLUG] [--source SOURCE] [--event ID] [--lifted] [--after ID] [--limit N] [--json]

Stops betting on a feed, an event or a part of either, for one tenant or for all. What is stopped is shown suspended by every web
machine within about a second, and no bet on it is taken once this has said so.

  (no verb)  stops it, until it is lifted
  lift       opens it again, as far as nothing else stops it
  list       what is stopped, the newest first

  --tenant   for this tenant alone; for all of them unless given. Lists show a tenant's own beside those for all
  --source   a feed, as in goalserve/soccer
  --event    an event's id
  --book     one book's prices
  --market   a market type, as in 1x2 or asian_handicap; at every line unless one is given
  --period   as in regulation or first_half
  --line     as in 2.5, or --line=-0.75; a handicap's is what is added to the home score
  --label    the source's own name, of a market of type unknown
  --outcome  as in home, over or 2:1
  --reason   why, for traders; players are only shown that it is suspended
  --actor    who says so; both are kept for good
  --id       a suspension's id
  --lifted   lifted ones too
  --after    go on after this one, the last of the page before
  --limit    at most so many, 1 to 1000; 50 unless given
  --json     print JSON
  --help     print this

Without DATABASE_URL it uses the embedded server of DATA_DIR (.data unless set), also while "bun start" runs.
With it, run "bun run migrate" first.

Exit codes: 0 done, 1 failed (nothing is changed), 64 wrong arguments, 78 wrong settings.
`;

const named = { name: "suspend", help: HELP };
const json = { type: "boolean" } as const;
const text = { type: "string" } as const;
/** Placements that began before are waited for this long; the stop itself stands before that. */
const DEADLINE_MS = 10_000;

const [first] = Bun.argv.slice(2);
if (first === "lift" || first === "list") {
  await runSubcommand(named, [
    subcommand("lift", {
      ...named,
      options: { id: text, tenant: text, actor: text, json },
      run: (given) => lift(given),
    }),
    subcommand("list", {
      ...named,
      options: {
        tenant: text,
        source: text,
        event: text,
        lifted: { type: "boolean" },
        after: text,
        limit: text,
        json,
      },
      run: (given) => list(given),
    }),
  ]);
} else {
  const scope = { source: text, event: text, book: text, market: text, period: text, line: text };
  await runCommand({
    ...named,
    options: { tenant: text, ...scope, label: text, outcome: text, reason: text, actor: text, json },
    run: (given) => stop(given),
  });
}

interface Stop {
  readonly tenant?: string | undefined;
  readonly source?: string | undefined;
  readonly event?: string | undefined;
  readonly book?: string | undefined;
  readonly market?: string | undefined;
  readonly period?: string | undefined;
  readonly line?: string | undefined;
  readonly label?: string | undefined;
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
  readonly actor?: string | undefined;
  readonly json?: boolean | undefined;
}

async function stop(given: Stop): Promise<number> {
  const scope = scopeOf(given);
  const reason = requiredFlag(given.reason, "--reason TEXT");
  const actor = requiredFlag(given.actor, "--actor NAME");
  const made = await withPool(async (pool) => {
    const tenantId = await tenantIdOf(pool, given.tenant);
    return await suspend({ tenantId, scope, reason, actor }, { pool, at: now() });
  });
  const { suspension, changed, covered, placementsOver } = made;
  const words = [
    `Suspended ${wordsOf(suspension)}${changed ? "" : ", as it was"}: ${covered} prices. Lift it with --id ${suspension.suspensionId}`,
    ...(covered === 0 ? ["It covers no stored price: is that what you meant?"] : []),
    ...(placementsOver ? [] : ["A bet that was being placed meanwhile may still be taken"]),
  ];
  say(given.json, made, words.join("\n"));
  return EXIT.done;
}

function scopeOf(given: Stop): Partial<SuspensionScope> {
  const { source, event, book, market, period, line, label, outcome } = given;
  if (source === undefined && event === undefined)
    throw new UsageError("Say what to stop: --source SOURCE or --event ID");
  return {
    ...(source !== undefined && { source }),
    ...(event !== undefined && { eventId: idFlag(event, "--event") }),
    ...(book !== undefined && { book }),
    ...(market !== undefined && { marketType: market }),
    ...(period !== undefined && { period }),
    ...(line !== undefined && { lineQuarters: lineOf(line) }),
    ...(label !== undefined && { label }),
    ...(outcome !== undefined && { outcome }),
  };
}

function lineOf(line: string): number {
  const quarters = parseLineQuarters(line);
  if (quarters === undefined)
    throw new UsageError(`--line must be in quarters, as 2.5 or -0.75: it is "${line}"`);
  return quarters;
}

async function lift(given: {
  readonly id?: string | undefined;
  readonly tenant?: string | undefined;
  readonly actor?: string | undefined;
  readonly json?: boolean | undefined;
}): Promise<number> {
  const suspensionId = idFlag(requiredFlag(given.id, "--id ID"), "--id");
  const actor = requiredFlag(given.actor, "--actor NAME");
  const lifted = await withPool(async (pool) => {
    const tenantId = await tenantIdOf(pool, given.tenant);
    return await liftSuspension({ tenantId, suspensionId, actor }, { pool, at: now() });
  });
  const { suspension, changed } = lifted;
  const before = changed ? "" : `, as it was by ${plain(suspension.liftedBy ?? "")}`;
  say(given.json, lifted, `Lifted ${wordsOf(suspension)}${before}`);
  return EXIT.done;
}

async function list(given: {
  readonly tenant?: string | undefined;
  readonly source?: string | undefined;
  readonly event?: string | undefined;
  readonly lifted?: boolean | undefined;
  readonly after?: string | undefined;
  readonly limit?: string | undefined;
  readonly json?: boolean | undefined;
}): Promise<number> {
  const { source, event, lifted = false, after } = given;
  const limit = limitFlag(given.limit);
  const filter = {
    lifted,
    limit,
    ...(source !== undefined && { source }),
    ...(event !== undefined && { eventId: idFlag(event, "--event") }),
    ...(after !== undefined && { after: idFlag(after, "--after") }),
  };
  const rows = await withPool(async (pool) => {
    const tenantId = await tenantIdOf(pool, given.tenant);
    await using lease = await pool.lease(tenantId === null ? {} : { tenantId });
    return await listSuspensions(lease.connection, { tenantId, ...filter });
  });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  const more = last === undefined ? [] : [`More: --after ${last.suspensionId}`];
  const words = rows.length === 0 ? ["Nothing is suspended"] : [...rows.map(rowWords), ...more];
  say(given.json, { items: rows, next: last?.suspensionId ?? null }, words.join("\n"));
  return EXIT.done;
}

function rowWords(row: SuspensionRecord): string {
  const { suspensionId, createdAt, actor, reason, liftedAt, liftedBy } = row;
  const made = `${createdAt.toISOString()} by ${plain(actor)}: ${plain(reason)}`;
  const lifted = liftedAt === null ? "" : `, lifted ${liftedAt.toISOString()} by ${plain(liftedBy ?? "")}`;
  return `${suspensionId}  ${wordsOf(row)}  ${made}${lifted}`;
}

/** A scope as one says it: the market's parts first, then of what, then for whom. */
function wordsOf({ tenantId, source, eventId, ...scope }: SuspensionRecord): string {
  const { marketType, period, label, lineQuarters, outcome, book } = scope;
  const parts = [
    outcome,
    marketType,
    label,
    lineQuarters === null ? null : `${lineQuarters / 4}`,
    period,
    book,
  ].filter((part) => part !== null && part !== "");
  const of = [
    ...(eventId === null ? [] : [`event ${eventId}`]),
    ...(source === null ? [] : [`feed ${source}`]),
  ];
  const what = parts.length === 0 ? of.join(" of ") : `${parts.join(" ")} of ${of.join(" of ")}`;
  return plain(`${what} for ${tenantId === null ? "all tenants" : `tenant ${tenantId}`}`);
}

async function tenantIdOf(pool: Pool, slug: string | undefined): Promise<string | null> {
  if (slug === undefined) return null;
  await using lease = await pool.lease();
  return (await findTenant(lease.connection, slug)).tenantId;
}

function withPool<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
  return withCommandPool({ name: "suspend", role: "linehold_web", deadlineMs: DEADLINE_MS }, work);
}

function now(): Date {
  return new Date(systemClock.epochMs());
}
