import type { BrandingEvent } from "./events.ts";

/** A log line: what to say, and at which level. */
export interface Line {
  readonly level: "info" | "warn" | "error";
  readonly event: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What is said of something that happened to branding. Operators search for these sentences word for word. */
export function brandingLine(event: BrandingEvent): Line {
  switch (event.kind) {
    case "branding_warmed":
      return info("branding.warmed", `Warmed cache for: ${event.tenant}`, { tenant: event.tenant });
    case "branding_prewarmed": {
      const { warmed, total } = event;
      return info("branding.prewarmed", `Pre-warmed ${warmed}/${total} branding caches`, { warmed, total });
    }
    case "branding_faulty": {
      const { tenant, paths } = event;
      const message = `Branding of ${tenant} holds tokens that cannot be used: ${paths.join(", ")}`;
      return { level: "warn", event: "branding.faulty", message, fields: { tenant, paths } };
    }
    case "branding_foreign": {
      const message = `Refused to serve another tenant's branding to ${event.tenant}`;
      return { level: "error", event: "branding.foreign", message, fields: { tenant: event.tenant } };
    }
  }
}

/** What is said of branding that is served less than fresh, or fresh again. */
export const brandingWords = {
  degraded(tenant: string, { state, cause }: { state: "stale" | "default"; cause: string }): readonly Line[] {
    const lines: Line[] = [];
    if (cause !== "refreshing") {
      const message = `Branding DB unavailable (${cause}). Serving cached/default for ${tenant}`;
      lines.push(warn("branding.unavailable", message, { tenant, cause, state }));
    }
    if (state === "stale")
      lines.push(warn("branding.stale_served", `Serving stale cache for ${tenant}`, { tenant, cause }));
    return lines;
  },
  recovered(tenant: string): readonly Line[] {
    return [info("branding.recovered", `Serving fresh branding again for ${tenant}`, { tenant })];
  },
  summary(counts: DegradedCounts): readonly Line[] {
    const message = `Served ${counts.stale} stale and ${counts.default} default brandings for ${counts.keys} tenants in ${counts.seconds} s`;
    return [warn("branding.degraded_summary", message, { ...counts })];
  },
};

interface DegradedCounts {
  readonly stale: number;
  readonly default: number;
  readonly keys: number;
  readonly seconds: number;
  readonly causes: readonly string[];
}

function info(event: string, message: string, fields: Line["fields"]): Line {
  return { level: "info", event, message, fields };
}

function warn(event: string, message: string, fields: Line["fields"]): Line {
  return { level: "warn", event, message, fields };
}
