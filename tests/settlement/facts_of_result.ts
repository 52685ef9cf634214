import {
  type Facts,
  factsOf,
  type KnownFact,
  type PublicResult,
  resultClaims,
} from "../../src/results/mod.ts";

/** What is known once a source has told a result: the claims that the service makes of it, as it reads them back. */
export function factsOfResult(result: PublicResult, { sport, at }: { sport: string; at: Date }): Facts {
  const said = { version: 1, tenantId: null, source: "fixture", actor: null, note: null, knownAt: at };
  const claims = resultClaims(result, { sport, trueAt: at });
  return factsOf(
    claims.map((claim): KnownFact => ({ ...claim, ...said, certainty: "confirmed" })),
    at,
  );
}
