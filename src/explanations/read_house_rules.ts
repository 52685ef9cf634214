import { readSettlementPolicy } from "../bets/mod.ts";
import { type AnswerServed, type Representation, represent, representJson } from "../http/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { Outcome, Reads, SnapshotCodec } from "../reads/mod.ts";
import { selectPublishedRules } from "../settlement/mod.ts";
import { HouseRulesNotFoundError, RulesMissingError } from "./errors.ts";
import type { HouseRulesView } from "./house_rules_contract.ts";
import { houseRulesInWords } from "./house_rules_words.ts";

export interface HouseRulesDeps {
  readonly reads: Reads;
  /** Told of every answer. */
  readonly observe: (event: AnswerServed) => void;
}

/** The published house rules, as visitors read them. */
export interface HouseRulesReads {
  /** Those that a bet which the tenant takes now is frozen with. @throws {DatabaseUnavailableError} If they were never loaded. */
  inForce(tenantId: string): Promise<Outcome<Representation>>;
  /** @throws {HouseRulesNotFoundError} If none were published under the number. @throws {DatabaseUnavailableError} */
  byVersion(rulesVersion: number): Promise<Outcome<Representation>>;
  /** The tenant has chosen others, or with `*` any may have. */
  onChanged(tenantId: string): void;
}

/** Whoever chooses is heard; this is for what was not. */
export const HOUSE_RULES_FRESH_MS = 60_000;

const LASTING = { freshMs: HOUSE_RULES_FRESH_MS, staleMs: Number.POSITIVE_INFINITY } as const;

/** A document's answer, with whose it is where it is a tenant's choice. */
interface Chosen {
  readonly tenantId: string;
  readonly representation: Representation;
}

/** Opens the house rules over the read pipeline. */
export function openHouseRules({ reads, observe }: HouseRulesDeps): HouseRulesReads {
  const chosen = reads.define<Chosen>({
    ...LASTING,
    name: "house_rules_in_force",
    entriesMax: 10_000,
    weigh: ({ representation }) => 2 * representation.bytes.byteLength,
    tenantId: (tenantId) => tenantId,
    async load(tenantId, connection) {
      const { rulesInForce } = await readSettlementPolicy(connection, tenantId);
      const representation = await read(connection, rulesInForce);
      if (representation === null) throw new RulesMissingError(rulesInForce);
      return { tenantId, representation };
    },
    snapshot: chosenCodec,
  });
  // Absence is a value too: otherwise every request for a number that there is not would ask the database.
  const published = reads.define<Representation | null>({
    ...LASTING,
    name: "house_rules",
    entriesMax: 200,
    weigh: (value) => 2 * (value?.bytes.byteLength ?? 0),
    load: (rulesVersion, connection) => read(connection, Number(rulesVersion)),
    snapshot: publishedCodec,
  });
  const told = async <T>(key: string, answering: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const what = "house_rules";
    try {
      const outcome = await answering();
      const { ageMs, cause, state } = outcome;
      observe({ kind: "answer_served", what, key, state, cause, ageMs });
      return outcome;
    } catch (error) {
      const cause = error instanceof Error && "code" in error ? String(error.code) : "load_failed";
      observe({ kind: "answer_served", what, key, state: "refused", cause });
      throw error;
    }
  };
  return {
    async inForce(tenantId) {
      const outcome = await told("in_force", async () => chosen.read(tenantId));
      // Another tenant's choice must never be shown, whatever went wrong before: the value says whose it is.
      if (outcome.value.tenantId !== tenantId)
        throw new RangeError("Cannot show the house rules as they are another tenant's choice");
      return { ...outcome, value: outcome.value.representation };
    },
    async byVersion(rulesVersion) {
      const outcome = await told(`${rulesVersion}`, async () => published.read(`${rulesVersion}`));
      const { value } = outcome;
      if (value === null) throw new HouseRulesNotFoundError(rulesVersion);
      return { ...outcome, value };
    },
    onChanged(tenantId) {
      if (tenantId === "*") chosen.expireAll();
      else chosen.expire(tenantId);
    },
  };
}

async function read(connection: Connection, rulesVersion: number): Promise<Representation | null> {
  const found = await selectPublishedRules(connection, rulesVersion);
  if (found === undefined) return null;
  const { document, publishedAt } = found;
  const view: HouseRulesView = {
    rulesVersion,
    publishedAt: publishedAt.toISOString(),
    rules: houseRulesInWords(document),
    document: { ...document },
  };
  return representJson(view);
}

const decoder = new TextDecoder();
const textOf = ({ bytes }: Representation) => decoder.decode(bytes);
const JSON_TYPE = "application/json; charset=utf-8";

const publishedCodec: SnapshotCodec<Representation | null> = {
  shape: "house_rules/1",
  encode: (value) => (value === null ? null : textOf(value)),
  decode: (_key, data) => (typeof data === "string" ? represent(JSON_TYPE, data) : undefined),
};

const chosenCodec: SnapshotCodec<Chosen> = {
  shape: "house_rules_in_force/1",
  encode: ({ tenantId, representation }) => [tenantId, textOf(representation)],
  decode(tenantId, data) {
    const [owner, text] = Array.isArray(data) ? data : [];
    if (owner !== tenantId || typeof text !== "string") return undefined;
    return { tenantId, representation: represent(JSON_TYPE, text) };
  },
};
