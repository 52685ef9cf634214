import type { ChangeEvent } from "../changes/mod.ts";
import type { StatusPart } from "../health/mod.ts";
import type { Log } from "../log.ts";
import type { Clock } from "../resilience/mod.ts";

export interface ChangesLogOptions {
  readonly pollMs: number;
  /** Whether there is an address to listen at. */
  readonly wantsToListen: boolean;
}

/** What becomes of following the changes: log lines at each change of state, and words for the status page. */
export interface ChangesLog {
  observe(event: ChangeEvent): void;
  part(ageMs: number | undefined): StatusPart;
  /** Changes heard of so far. */
  seen(): number;
  isListening(): boolean;
}

export function createChangesLog(
  { pollMs, wantsToListen }: ChangesLogOptions,
  { log, clock }: { readonly log: Log; readonly clock: Pick<Clock, "epochMs"> },
): ChangesLog {
  const everySeconds = pollMs / 1000;
  let seen = 0;
  let listening = false;
  let lostAt: number | undefined;
  let unreadableAt: number | undefined;

  const tellListening = (now: boolean): void => {
    if (now) log.info("changes.listening", "Hears of changes as they are committed");
    else if (lostAt === undefined)
      log.warn("changes.listener_lost", `Hears of changes no more, looks for them every ${everySeconds} s`);
    listening = now;
    lostAt = now ? undefined : (lostAt ?? clock.epochMs());
  };
  const tellUnreadable = (error: unknown): void => {
    if (unreadableAt !== undefined) return;
    unreadableAt = clock.epochMs();
    log.warn("changes.unreadable", "Changes cannot be read: what changes is served as its time runs out", {
      error,
    });
  };
  const tellReadable = (): void => {
    if (unreadableAt === undefined) return;
    unreadableAt = undefined;
    log.info("changes.readable", "Changes can be read again");
  };
  const words = (): string[] => {
    if (unreadableAt !== undefined)
      return [
        `Changes cannot be read since ${instant(unreadableAt)}: what is changed now is served when they can be, or when BRANDING_CACHE_TTL has passed.`,
      ];
    if (!wantsToListen || lostAt === undefined) return [];
    return [
      `The connection of LISTEN_DATABASE_URL is lost since ${instant(lostAt)}: changes are found by looking every ${everySeconds} s.`,
    ];
  };
  return {
    observe(event) {
      if (event.type === "changes_read") tellReadable();
      if (event.type === "changes_unreadable") tellUnreadable(event.cause);
      if (event.type === "listener_changed") tellListening(event.listening);
      if (event.type === "changes_seen") seen += event.count;
      if (event.type === "changes_resynced") {
        const { reason } = event;
        log.info("changes.resynced", `Looks at everything anew (${reason})`, { reason });
      }
    },
    part: (ageMs) => ({
      detail: { ageMs: ageMs ?? null, listening, seen, unreadableSince: instant(unreadableAt) },
      words: words(),
    }),
    seen: () => seen,
    isListening: () => listening,
  };
}

function instant(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : new Date(epochMs).toISOString();
}
