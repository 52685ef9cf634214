import type { Reads } from "../reads/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { buildDirectory, createDirectoryCodec, type Directory } from "./directory.ts";
import { NAMELESS } from "./locate.ts";
import { selectTenants } from "./queries.ts";
import { isTenantSlug, type Tenant } from "./tenant.ts";

/** What the directory says of a name. `undetermined`: it could never be asked. */
export type TenantLookup =
  | { readonly state: "active" | "suspended"; readonly tenant: Tenant }
  | { readonly state: "unknown" }
  | { readonly state: "undetermined"; readonly slug: string; readonly cause: string };

export type DirectoryEvent =
  | { readonly kind: "directory_loaded"; readonly tenants: number; readonly refused: readonly string[] }
  /** From the snapshot: the database could not be asked yet. */
  | { readonly kind: "directory_remembered"; readonly tenants: number; readonly ageMs: number }
  | { readonly kind: "directory_unavailable"; readonly cause: string };

export interface TenantDirectoryOptions {
  /** Time between two loads; also how long a new tenant may go unnoticed. */
  readonly refreshMs: number;
  /** Tenants answer at `<slug>.<baseDomain>` when it is set. */
  readonly baseDomain: string | undefined;
}

export interface TenantDirectoryDeps {
  readonly reads: Reads;
  readonly clock: Clock;
  /** Told of the first load, of every change in number, and when loads begin to fail. */
  readonly observe: (event: DirectoryEvent) => void;
}

/** Who exists, looked up without waiting. Closing ends the refreshing. */
export interface TenantDirectory extends Disposable {
  /** Loads it anew at once, as when a change was heard; a load that began before counts for nothing. */
  refresh(): void;
  lookUpSlug(slug: string): TenantLookup;
  lookUpHost(host: string): TenantLookup;
  findById(tenantId: string): Tenant | undefined;
  /** Every active tenant, by slug. */
  activeTenants(): readonly Tenant[];
  /** Settles when the first load has ended, well or badly. Afterwards nothing needs to wait for the directory. */
  readonly firstTried: Promise<void>;
  /** Resolves when the directory is first known. */
  readonly firstLoaded: Promise<void>;
  /** Milliseconds since the last load that succeeded; `undefined` before the first. */
  ageMs(): number | undefined;
}

const UNKNOWN: TenantLookup = { state: "unknown" };
const KEY = "tenants";

/**
 * Opens the tenant directory and begins to refresh it, at a constant rate whatever the traffic.
 *
 * Once known it stays known: while the database is away, lookups answer from the last load. One remembered from before the
 * boot tells of the tenants it holds and leaves other names undetermined: they may have come since.
 */
export function openTenantDirectory(
  { refreshMs, baseDomain }: TenantDirectoryOptions,
  { reads, clock, observe }: TenantDirectoryDeps,
): TenantDirectory {
  const reader = reads.define<Directory>({
    name: "tenants",
    freshMs: refreshMs / 2,
    staleMs: Number.POSITIVE_INFINITY,
    entriesMax: 1,
    // One small statement for all tenants: without it nobody new is found.
    criticality: "live",
    load: async (_key, connection) => buildDirectory(await selectTenants(connection)),
    snapshot: createDirectoryCodec(),
  });
  const suffix = baseDomain === undefined ? undefined : `.${baseDomain}`;
  const tried = Promise.withResolvers<void>();
  const loaded = Promise.withResolvers<void>();
  let directory: Directory | undefined;
  let confirmed = false;
  let loadedAt = 0;
  let failing: string | undefined;
  let generation = 0;
  let timer: Disposable | undefined;
  let closed = false;

  const adopt = (next: Directory, ageMs: number): void => {
    const changed = !confirmed || next.bySlug.size !== directory?.bySlug.size || failing !== undefined;
    directory = next;
    confirmed = true;
    loadedAt = clock.now() - ageMs;
    failing = undefined;
    loaded.resolve();
    if (changed) observe({ kind: "directory_loaded", tenants: next.bySlug.size, refused: next.refused });
  };
  const remember = (last: Directory, ageMs: number): void => {
    if (directory !== undefined) return;
    directory = last;
    loadedAt = clock.now() - ageMs;
    observe({ kind: "directory_remembered", tenants: last.bySlug.size, ageMs });
  };
  const report = (cause: string): void => {
    if (failing !== cause) observe({ kind: "directory_unavailable", cause });
    failing = cause;
  };
  // What was asked before a change was heard may not know of it: its answer is not taken, as whoever heard asks as well.
  const ask = async (): Promise<void> => {
    const began = generation;
    const isCurrent = () => began === generation;
    try {
      const { value, state, ageMs, cause } = await reader.read(KEY);
      if (!isCurrent()) return;
      if (state === "fresh") adopt(value, ageMs);
      else remember(value, ageMs);
      if (state !== "fresh" && cause !== undefined && cause !== "refreshing") report(cause);
    } catch (error) {
      if (!isCurrent()) return;
      report(codeOf(error));
    }
    tried.resolve();
  };
  const keepAsking = async (): Promise<void> => {
    await ask();
    // While it fails the pipeline itself paces the attempts; asking sooner only shortens the wait once the fault is over.
    const restMs = failing === undefined ? refreshMs : Math.min(refreshMs, 250);
    if (!closed) timer = clock.after(restMs, () => void keepAsking());
  };
  void keepAsking();

  const undetermined = (slug: string): TenantLookup => ({
    state: "undetermined",
    slug,
    cause: failing ?? "starting",
  });
  const told = (tenant: Tenant): TenantLookup => ({ state: tenant.state, tenant });
  return {
    refresh() {
      generation += 1;
      reader.expire(KEY);
      void ask();
    },
    lookUpSlug(slug) {
      const tenant = directory?.bySlug.get(slug);
      if (tenant !== undefined) return told(tenant);
      if (confirmed) return UNKNOWN;
      if (slug === NAMELESS) return undetermined("");
      return isTenantSlug(slug) ? undetermined(slug) : UNKNOWN;
    },
    lookUpHost(host) {
      const own = directory?.byHost.get(host);
      if (own !== undefined) return told(own);
      const below = suffix !== undefined && host.endsWith(suffix);
      const tenant = below ? directory?.bySlug.get(host.slice(0, -suffix.length)) : undefined;
      if (tenant !== undefined) return told(tenant);
      return confirmed ? UNKNOWN : undetermined("");
    },
    findById: (tenantId) => directory?.byId.get(tenantId),
    activeTenants: () => [...(directory?.bySlug.values() ?? [])].filter(({ state }) => state === "active"),
    firstTried: tried.promise,
    firstLoaded: loaded.promise,
    ageMs: () => (directory === undefined ? undefined : clock.now() - loadedAt),
    [Symbol.dispose]() {
      closed = true;
      timer?.[Symbol.dispose]();
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "load_failed";
}
