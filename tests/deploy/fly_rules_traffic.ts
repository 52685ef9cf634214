import { type FlyFile, GROUPS, WORKERS } from "./fly_context.ts";
import {
  durationMs,
  type Finding,
  numberAt,
  type Section,
  sectionsAt,
  stringAt,
  stringsAt,
  tableAt,
} from "./fly_document.ts";
import { sectionsFor } from "./fly_rules_groups.ts";

/** What reaches which port, and by what a machine counts as healthy. */
export function trafficFindings(file: FlyFile): readonly Finding[] {
  return [
    ...onePublicService(file),
    ...alwaysRunning(file),
    ...concurrency(file),
    ...webCheck(file),
    ...workerChecks(file),
    ...metrics(file),
    ...checkDurations(file),
  ];
}

function onePublicService({ document, config }: FlyFile): Finding[] {
  const service = tableAt(document, "http_service");
  const port = numberAt(service, "internal_port");
  const path = "http_service";
  return [
    ...refuse(
      sectionsAt(document, "services").length > 0,
      "public",
      "services",
      "only http_service is public",
    ),
    ...refuse(stringsAt(service, "processes").join() !== "web", "public", path, "web alone is public"),
    ...refuse(
      port !== config.http.port,
      "internal_port",
      path,
      `must reach PORT, ${config.http.port}: it is ${port}`,
    ),
    ...refuse(port === config.ops.port, "internal_port", path, "must not be the private listener"),
    ...refuse(service["force_https"] !== true, "force_https", path, "must send visitors to https"),
    ...refuse(
      config.http.hostname !== "::",
      "host",
      "env.HOST",
      "must be ::, as the private network is IPv6",
    ),
  ];
}

function alwaysRunning({ document }: FlyFile): Finding[] {
  const service = tableAt(document, "http_service");
  const stop = service["auto_stop_machines"];
  return [
    ...refuse(
      stop !== "off" && stop !== false,
      "autostop",
      "http_service",
      "auto_stop_machines must be off: a stopped machine is a cold cache",
    ),
    ...refuse(
      (numberAt(service, "min_machines_running") ?? 0) < 2,
      "min_machines",
      "http_service",
      "must keep two machines running",
    ),
  ];
}

function concurrency({ document }: FlyFile): Finding[] {
  const limits = tableAt(tableAt(document, "http_service"), "concurrency");
  const soft = numberAt(limits, "soft_limit") ?? 0;
  const hard = numberAt(limits, "hard_limit") ?? 0;
  const path = "http_service.concurrency";
  return [
    ...refuse(
      stringAt(limits, "type") !== "requests",
      "concurrency",
      path,
      "must count requests, not connections",
    ),
    ...refuse(!(soft > 0 && soft < hard), "concurrency", path, "must have a soft limit below the hard one"),
  ];
}

function webCheck({ document, context }: FlyFile): Finding[] {
  const checks = sectionsAt(tableAt(document, "http_service"), "checks", "http_service.");
  if (checks.length === 0) return [finding("check", "http_service.checks", "must check /healthz")];
  return checks.flatMap(({ path, table }) => {
    const given = stringAt(table, "path") ?? "/";
    const known =
      context.degradationOf?.(given) ?? (context.degradationOf === undefined ? undefined : "none");
    return [
      ...refuse(given !== "/healthz", "check", path, `must ask /healthz: it asks ${given}`),
      ...refuse(
        known !== undefined && known !== "none-needed",
        "check",
        path,
        `asks ${given}, whose class in the contract is ${known}`,
      ),
      ...refuse(stringAt(table, "method")?.toUpperCase() !== "GET", "check", path, "must use GET"),
    ];
  });
}

function workerChecks({ document, config }: FlyFile): Finding[] {
  return WORKERS.flatMap((group) => {
    const [check, ...more] = sectionsFor(document, "checks", group);
    if (check === undefined || more.length > 0) {
      return [finding("worker_check", "checks", `${group} must have one check of its own`)];
    }
    const { path, table } = check;
    return [
      ...refuse(stringAt(table, "type") !== "http", "worker_check", path, "must be an http check"),
      ...refuse(stringAt(table, "path") !== "/healthz", "worker_check", path, "must ask /healthz"),
      ...refuse(
        numberAt(table, "port") !== config.ops.port,
        "worker_check",
        path,
        `must ask METRICS_PORT, ${config.ops.port}`,
      ),
    ];
  });
}

function metrics({ document, config }: FlyFile): Finding[] {
  return GROUPS.flatMap((group) => {
    const [section, ...more] = sectionsFor(document, "metrics", group);
    if (section === undefined || more.length > 0) {
      return [finding("metrics", "metrics", `${group} must be scraped once`)];
    }
    const { path, table } = section;
    return [
      ...refuse(
        numberAt(table, "port") !== config.ops.port,
        "metrics",
        path,
        `must scrape METRICS_PORT, ${config.ops.port}`,
      ),
      ...refuse(stringAt(table, "path") !== "/metrics", "metrics", path, "must scrape /metrics"),
    ];
  });
}

/** Service checks outside 1 s to 1 min are clamped with a warning; top-level ones outside 2 s and 60 s are refused. */
function checkDurations({ document }: FlyFile): Finding[] {
  const service = sectionsAt(tableAt(document, "http_service"), "checks", "http_service.");
  const own = WORKERS.flatMap((group) => sectionsFor(document, "checks", group));
  return [
    ...service.flatMap((section) => bounds(section, 1000)),
    ...[...new Set(own)].flatMap((section) => bounds(section, 2000)),
  ];
}

function bounds({ path, table }: Section, intervalFromMs: number): Finding[] {
  const interval = durationMs(table["interval"]) ?? 0;
  const timeout = durationMs(table["timeout"]) ?? 0;
  const grace = durationMs(table["grace_period"]) ?? 0;
  return [
    ...refuse(
      interval < intervalFromMs || interval > 60_000,
      "check_duration",
      path,
      `interval must lie within ${intervalFromMs} ms and 60 s: it is ${interval} ms`,
    ),
    ...refuse(
      timeout < 1000 || timeout >= interval,
      "check_duration",
      path,
      `timeout must be 1 s or more and end before the next check: it is ${timeout} ms`,
    ),
    // A process listens within 2 s of its start, with the database up or down.
    ...refuse(
      grace < 5000 || grace > 60_000,
      "check_duration",
      path,
      `grace_period must lie within 5 s and 60 s: it is ${grace} ms`,
    ),
  ];
}

function refuse(wrong: boolean, rule: string, path: string, message: string): Finding[] {
  return wrong ? [finding(rule, path, message)] : [];
}

function finding(rule: string, path: string, message: string): Finding {
  return { rule, path, message };
}
