import { valueInWords } from "./claim_words.ts";
import type { FactsView } from "./contract.ts";
import type { FactRow, KnownFact } from "./fact_rows.ts";
import type { FactsAsOf, ReadVersion } from "./read_facts.ts";

/** At most so many statements are shown, the newest. */
export const STATEMENTS_MAX = 200;

/** What is known of an event and who said it, as a tenant's operator is shown it. Pure. */
export function viewOfFacts(
  eventId: string,
  known: FactsAsOf | undefined,
  versions: readonly ReadVersion[],
): FactsView {
  const shown = versions.toReversed().slice(0, STATEMENTS_MAX);
  return {
    eventId,
    version: known?.version ?? 0,
    status: known?.facts.status ?? null,
    facts: (known?.rows ?? []).map((row) => ({ ...claimView(row), ...speakerView(row) })),
    statements: shown.map((version) => ({
      ...speakerView(version),
      note: version.tenantId === null ? null : version.note,
      claims: version.facts.map(claimView),
    })),
    moreStatements: versions.length > shown.length,
  };
}

function claimView(row: FactRow) {
  const { fact, statistic, period, side, subject, final, retracted, trueAt, detail } = row;
  const { side: goalSide, period: goalPeriod } = detail ?? {};
  const isGoal = fact === "goal" && subject !== "all";
  return {
    fact,
    statistic,
    // A goal's own stand beside what it says, as its number alone names it.
    period: isGoal && typeof goalPeriod === "string" ? goalPeriod : period,
    side: isGoal && (goalSide === "home" || goalSide === "away") ? goalSide : side,
    subject,
    value: valueInWords(row),
    final,
    retracted,
    trueAt: trueAt.toISOString(),
    ...(fact === "cancelled" && detail !== null ? { cancellation: detail } : {}),
  };
}

type Speaker = Pick<KnownFact, "version" | "tenantId" | "source" | "actor" | "certainty" | "knownAt">;

/** Who of the deployment entered what is said for all is none of a tenant's business. */
function speakerView({ version, tenantId, source, actor, certainty, knownAt }: Speaker) {
  return {
    version,
    scope: tenantId === null ? ("all" as const) : ("tenant" as const),
    source,
    actor: tenantId === null ? null : actor,
    certainty,
    knownAt: knownAt.toISOString(),
  };
}
