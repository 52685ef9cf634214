import { readStuckBets, type StuckBetsView } from "../bets/mod.ts";
import type { Pool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { findTenant, type Tenant } from "../tenants/mod.ts";
import { EXIT, type Subcommand, subcommand } from "./_command_line.ts";
import { withCommandPool } from "./_command_pool.ts";
import { plain, requiredFlag, say } from "./_words.ts";

const DEADLINE_MS = 60_000;

/** `bun run quarantine bets`: what of a tenant is not settled and should be. */
export function quarantineBetsCommand(help: string): Subcommand {
  return subcommand("bets", {
    name: "quarantine",
    help,
    options: { slug: { type: "string" }, json: { type: "boolean" } },
    async run(given: { readonly slug?: string | undefined; readonly json?: boolean | undefined }) {
      const slug = requiredFlag(given.slug, "--slug SLUG");
      const names = { name: "quarantine", role: "linehold_web", deadlineMs: DEADLINE_MS };
      const stuck = await withCommandPool(names, async (pool) => {
        const { tenantId } = await tenantOf(pool, slug);
        await using lease = await pool.lease({ tenantId });
        return await readStuckBets(lease.connection, { tenantId, at: new Date(systemClock.epochMs()) });
      });
      say(given.json, stuck, wordsOf(stuck));
      return EXIT.done;
    },
  });
}

/** On a lease that is given back: a command has one connection. */
async function tenantOf(pool: Pool, slug: string): Promise<Tenant> {
  await using lease = await pool.lease();
  return await findTenant(lease.connection, slug);
}

type Outcome = Omit<StuckBetsView["outcomes"][number], "bets" | "why" | "reason" | "eventStatus">;

function wordsOf({ bets, outcomes, moreBets, moreOutcomes }: StuckBetsView): string {
  const lines = [
    ...bets.map(({ betId, state, reason, attempts, retryAt, legs }) => {
      const next = retryAt === null ? `${attempts} times tried` : `tried again at ${retryAt}`;
      return `bet ${betId}  ${state}  ${reason}, ${next}  ${legs.map(outcomeWords).join("; ")}`;
    }),
    ...(moreBets ? ["More bets are stuck than are listed"] : []),
    ...outcomes.map(
      ({ bets: waiting, eventStatus, reason, ...outcome }) =>
        `${waiting} open  ${outcomeWords(outcome)}  event ${outcome.eventId}, ${eventStatus}  ${reason}`,
    ),
    ...(moreOutcomes ? ["Bets wait for more outcomes than are listed"] : []),
  ];
  return lines.length === 0 ? "No bet waits for anybody" : lines.map(plain).join("\n");
}

function outcomeWords({ home, away, marketType, period, label, lineQuarters, outcome }: Outcome): string {
  const line = lineQuarters === null ? "" : ` ${lineQuarters / 4}`;
  const market = label === "" ? marketType : `${marketType} "${label}"`;
  return `${home} - ${away}: ${market}, ${period}, ${outcome}${line}`;
}
