import { Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { isUnavailable } from "../pool/mod.ts";
import type { Reader, Reads, SnapshotCodec } from "../reads/mod.ts";
import { selectSuspensionsInForce } from "./suspension_queries.ts";
import type { Suspension } from "./suspensions.ts";

/** What one tenant may not offer: the suspensions for all, and its own. Small, and apart from the boards, which all tenants share. */
export interface TenantSuspensions {
  /** Whose they are: checked before they are applied. */
  readonly tenantId: string;
  readonly suspensions: readonly Suspension[];
}

/** The suspensions in force, tenant by tenant, held in memory. */
export interface SuspensionsReader {
  /**
   * The tenant's, at once when they are fresh; the last known ones while the database is away.
   *
   * @returns `undefined` when nobody can tell, as none were ever loaded: then nothing may be shown as bettable.
   */
  of(tenantId: string): TenantSuspensions | undefined | Promise<TenantSuspensions | undefined>;
  /** Takes a change of the topic `suspensions`: a tenant's id, or `*` for those that all tenants share. */
  changed(key: string): void;
  /** Any may have changed. */
  expireAll(): void;
}

/** Changes are told as they happen; this bounds what a machine that cannot hear them shows. */
const FRESH_MS = 2000;
const ENTRIES_MAX = 5000;
/** Of one suspension in memory, ids and words together. */
const SUSPENSION_BYTES = 400;

/** Opens the suspensions over the read pipeline. */
export function openSuspensions({ reads }: { readonly reads: Reads }): SuspensionsReader {
  const reader: Reader<TenantSuspensions> = reads.define<TenantSuspensions>({
    name: "suspensions",
    criticality: "live",
    freshMs: FRESH_MS,
    staleMs: Number.POSITIVE_INFINITY,
    entriesMax: ENTRIES_MAX,
    weigh: ({ suspensions }) => SUSPENSION_BYTES * (1 + suspensions.length),
    tenantId: (tenantId) => tenantId,
    snapshot: createSuspensionsCodec(),
    load: async (tenantId, connection) =>
      Object.freeze({ tenantId, suspensions: await selectSuspensionsInForce(connection, tenantId) }),
  });
  return {
    of(tenantId) {
      try {
        const outcome = reader.read(tenantId);
        return outcome instanceof Promise ? knownOf(outcome, tenantId) : ownOf(outcome.value, tenantId);
      } catch (error) {
        // A closed door with nothing in hand is told at once, not by a promise.
        if (isUnavailable(error)) return undefined;
        throw error;
      }
    },
    changed(key) {
      if (key === "*") reader.expireAll();
      else reader.expire(key);
    },
    expireAll: () => void reader.expireAll(),
  };
}

async function knownOf(
  outcome: Promise<{ readonly value: TenantSuspensions }>,
  tenantId: string,
): Promise<TenantSuspensions | undefined> {
  try {
    return ownOf((await outcome).value, tenantId);
  } catch (error) {
    if (isUnavailable(error)) return undefined;
    throw error;
  }
}

function ownOf(known: TenantSuspensions, tenantId: string): TenantSuspensions | undefined {
  return known.tenantId === tenantId ? known : undefined;
}

const text = Type.Union([Type.String(), Type.Null()]);
const remembered = Type.Object({
  tenantId: Type.String(),
  suspensions: Type.Array(
    Type.Object({
      suspensionId: Type.String(),
      tenantId: text,
      source: text,
      eventId: text,
      book: text,
      marketType: text,
      period: text,
      label: text,
      lineQuarters: Type.Union([Type.Integer(), Type.Null()]),
      outcome: text,
    }),
  ),
});

/** A tenant's suspensions as the snapshot file keeps them, so that a boot without the database opens nothing that was stopped. */
function createSuspensionsCodec(): SnapshotCodec<TenantSuspensions> {
  const isWhole = TypeCompiler.Compile(remembered);
  return {
    shape: "suspensions/1",
    encode: (known) => known,
    decode: (tenantId, data) =>
      isWhole.Check(data) && data.tenantId === tenantId ? Object.freeze(data) : undefined,
  };
}
