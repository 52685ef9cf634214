import { type Config, ConfigError, parseConfig } from "../../src/config.ts";
import type { FlyContext } from "./fly_context.ts";
import { type Finding, type Table, tableAt } from "./fly_document.ts";
import { groupFindings } from "./fly_rules_groups.ts";
import { releaseFindings } from "./fly_rules_release.ts";
import { settingFindings } from "./fly_rules_settings.ts";
import { trafficFindings } from "./fly_rules_traffic.ts";
import { shapeFindings } from "./fly_shape.ts";

/** Everything wrong with the file, by every rule. An empty list means that it may be deployed. */
export function flyFindings(document: Table, context: FlyContext): readonly Finding[] {
  const shape = shapeFindings(document);
  const config = configOf(document);
  if (!("http" in config)) return [...shape, ...config.faults];
  const file = { document, config, context };
  return [
    ...shape,
    ...groupFindings(file),
    ...trafficFindings(file),
    ...releaseFindings(file),
    ...settingFindings(file),
  ];
}

/** What the processes would read from `[env]`: their settings, or the faults at which they would end. */
function configOf(document: Table): Config | { readonly faults: readonly Finding[] } {
  const env = Object.entries(tableAt(document, "env")).map(([name, value]) => [name, String(value)] as const);
  try {
    return parseConfig(Object.fromEntries(env));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { faults: error.faults.map((message) => ({ rule: "env_refused", path: "env", message })) };
  }
}
