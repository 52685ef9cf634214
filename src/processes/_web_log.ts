import type { AppEvent } from "../app.ts";
import { brandingLine, brandingWords, type Line } from "../branding/mod.ts";
import { createDegradationReporter, type Vitals } from "../health/mod.ts";
import type { Log } from "../log.ts";
import type { Clock } from "../resilience/mod.ts";
import type { DirectoryEvent } from "../tenants/mod.ts";

/** What happens in `web`, as log lines and as vitals. Closing ends the summaries. */
export interface WebLog extends Disposable {
  observe(event: AppEvent | DirectoryEvent): void;
}

/** Failed requests that are written out a window; the rest are counted by the metrics. */
const FAILURES_TOLD_MAX = 20;
const FAILURES_WINDOW_MS = 10_000;

/** Feeds log and vitals from what the app and its pools tell. */
export function createWebLog({ log, clock, vitals }: { log: Log; clock: Clock; vitals: Vitals }): WebLog {
  const say = ({ level, event, message, fields }: Line) => log[level](event, message, fields);
  const words = {
    degraded: (tenant: string, now: Parameters<typeof brandingWords.degraded>[1]) =>
      brandingWords.degraded(tenant, now).forEach(say),
    recovered: (tenant: string) => brandingWords.recovered(tenant).forEach(say),
    summary: (counts: Parameters<typeof brandingWords.summary>[0]) =>
      brandingWords.summary(counts).forEach(say),
  };
  const branding = createDegradationReporter({}, { clock, words });
  const tellFailure = limited(FAILURES_TOLD_MAX, FAILURES_WINDOW_MS, clock);
  const observe: WebLog["observe"] = (event) => {
    switch (event.kind) {
      case "request_answered":
        return vitals.requestAnswered(event);
      case "answer_served":
        vitals.answerServed(event);
        return event.what === "branding" ? branding.served(event) : undefined;
      case "request_failed": {
        vitals.requestFailed();
        const { error, requestId } = event;
        return tellFailure(() =>
          log.error("http.request_failed", "A request ended in a bug", { request_id: requestId, error }),
        );
      }
      case "directory_loaded":
        return tellDirectory(log, event);
      case "directory_remembered": {
        const { tenants, ageMs } = event;
        const seconds = Math.round(ageMs / 1000);
        const message = `Tenant directory remembers ${tenants} tenants from ${seconds} s ago`;
        return log.warn("tenants.directory_remembered", message, { tenants, age_ms: Math.round(ageMs) });
      }
      case "directory_unavailable":
        return log.warn("tenants.directory_unavailable", `Tenant directory unavailable (${event.cause})`, {
          cause: event.cause,
        });
      default:
        return say(brandingLine(event));
    }
  };
  return {
    observe,
    [Symbol.dispose]: () => branding[Symbol.dispose](),
  };
}

function tellDirectory(
  log: Log,
  { tenants, refused }: Extract<DirectoryEvent, { kind: "directory_loaded" }>,
): void {
  log.info("tenants.directory_loaded", `Tenant directory holds ${tenants} tenants`, { tenants });
  if (refused.length > 0) {
    log.warn(
      "tenants.names_refused",
      `Tenants cannot be reached, as paths need their names: ${refused.join(", ")}`,
      { refused },
    );
  }
}

/** Lets at most `max` through in each window of `ms`. */
function limited(max: number, ms: number, clock: Clock): (act: () => void) => void {
  let windowEndsAt = Number.NEGATIVE_INFINITY;
  let told = 0;
  return (act) => {
    const now = clock.now();
    if (now >= windowEndsAt) {
      windowEndsAt = now + ms;
      told = 0;
    }
    told += 1;
    if (told <= max) act();
  };
}
