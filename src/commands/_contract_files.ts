import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import openapiTs, { astToString } from "openapi-typescript";
import { type App, buildApp, schemas } from "../app.ts";
import { createProbes } from "../health/mod.ts";
import { assembleContract, problemHeadings, represent } from "../http/mod.ts";
import { openPool } from "../pool/mod.ts";
import { createReads } from "../reads/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { openTenantDirectory } from "../tenants/mod.ts";

export interface ContractFiles {
  /** Generated texts, by path below `openapi/`. */
  readonly files: Readonly<Record<string, string>>;
  /** Why the contract must not be published, one sentence each. */
  readonly faults: readonly string[];
}

/**
 * The contract and its client types, as the routes of this checkout say they should be.
 *
 * @param folder Where `problems.md` is.
 */
export async function generateContract({ folder }: { readonly folder: string }): Promise<ContractFiles> {
  await using scope = new AsyncDisposableStack();
  const app = openUnserved(scope);
  const { version } = JSON.parse(readFileSync(join(folder, "../package.json"), "utf8"));
  const contract = `${JSON.stringify(await assembleContract(app.routes, { version, schemas }), null, 2)}\n`;
  const client = `${CLIENT_HEADER}${astToString(await openapiTs(contract))}`;
  const headings = problemHeadings(readFileSync(join(folder, "problems.md"), "utf8"));
  return {
    files: { "openapi.json": contract, "client/schema.d.ts": client },
    faults: [...(await lintContract(contract)), ...headingFaults(Object.keys(app.problems.table), headings)],
  };
}

const CLIENT_HEADER = "// Generated from openapi.json by `bun run contract`. Do not edit.\n\n";

/** The app over a database that is not there: its routes are all that is asked of it. */
function openUnserved(scope: AsyncDisposableStack): App {
  const clock = systemClock;
  const random = () => 0.5;
  const url = "postgres://nobody@127.0.0.1:1/none";
  const pool = scope.use(
    openPool({ url, role: "linehold_read", applicationName: "contract" }, { clock, random }),
  );
  const reads = scope.use(createReads({ pool, clock, random }));
  const directory = scope.use(
    openTenantDirectory(
      { refreshMs: 60_000, baseDomain: undefined },
      { reads, clock, observe: () => undefined },
    ),
  );
  const nothing = represent("text/plain", "");
  return buildApp(
    { baseDomain: undefined, brandingFreshMs: 60_000, priceAgeMaxMs: 300_000 },
    {
      reads,
      writes: pool,
      directory,
      probes: createProbes({ isDraining: () => false }),
      docs: { contract: nothing, problems: nothing, page: nothing, files: {} },
      clock,
      random,
      observe: () => undefined,
    },
  );
}

/** The errors that redocly's recommended rules find in a contract, one sentence each. */
export async function lintContract(contract: string): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"] });
  const found = await lintFromString({ source: contract, config });
  return found
    .filter(({ severity }) => severity === "error")
    .map(
      ({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer ?? "the document"}`,
    );
}

function headingFaults(codes: readonly string[], headings: readonly string[]): string[] {
  const missing = codes
    .filter((code) => !headings.includes(code))
    .map((code) => `problems.md has no heading ${code}`);
  const extra = headings
    .filter((code) => !codes.includes(code))
    .map((code) => `problems.md describes ${code}, which no room lists`);
  return [...missing, ...extra];
}
