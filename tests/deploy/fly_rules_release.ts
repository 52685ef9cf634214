import type { FlyFile } from "./fly_context.ts";
import { durationMs, type Finding, numberAt, stringAt, tableAt } from "./fly_document.ts";
import { commandFault } from "./fly_rules_groups.ts";

/** How a release replaces the one before: the stop signal, the strategy, the migrations. */
export function releaseFindings(file: FlyFile): readonly Finding[] {
  return [...stopping(file), ...strategy(file), ...migrations(file), ...image(file)];
}

/** After the drain a process ends itself within 4 s, whatever still runs; the platform must not come before that. */
const CLOSE_MS = 5000;

function stopping({ document, config }: FlyFile): Finding[] {
  const signal = stringAt(document, "kill_signal");
  const timeoutMs = durationMs(document["kill_timeout"], 1000) ?? 5000;
  const findings: Finding[] = [];
  if (signal !== "SIGTERM") {
    findings.push({
      rule: "kill_signal",
      path: "kill_signal",
      message: `must be SIGTERM: it is ${signal ?? "SIGINT"}`,
    });
  }
  if (timeoutMs <= config.http.drainMs + CLOSE_MS || timeoutMs > 300_000) {
    const message = `must exceed DRAIN_TIMEOUT, ${config.http.drainMs} ms, by ${CLOSE_MS} ms and end within 300 s: it is ${timeoutMs} ms`;
    findings.push({ rule: "kill_timeout", path: "kill_timeout", message });
  }
  return findings;
}

function strategy({ document }: FlyFile): Finding[] {
  const deploy = tableAt(document, "deploy");
  const findings: Finding[] = [];
  if (stringAt(deploy, "strategy") !== "rolling") {
    const message = `must be rolling: it is ${stringAt(deploy, "strategy") ?? "left to the default"}`;
    findings.push({ rule: "strategy", path: "deploy.strategy", message });
  }
  // A share of the machines (0.33 by default) rounds up to one of two; a count says what is meant.
  if (numberAt(deploy, "max_unavailable") !== 1) {
    findings.push({
      rule: "strategy",
      path: "deploy.max_unavailable",
      message: "must replace one at a time",
    });
  }
  return findings;
}

function migrations({ document, context }: FlyFile): Finding[] {
  const command = stringAt(tableAt(document, "deploy"), "release_command");
  const path = "deploy.release_command";
  if (command !== "bun src/processes/migrate.ts") {
    return [{ rule: "release_command", path, message: "must apply the migrations" }];
  }
  return commandFault(command, context.inImage).map((message) => ({
    rule: "release_command",
    path,
    message,
  }));
}

function image({ document }: FlyFile): Finding[] {
  const build = tableAt(document, "build");
  const given = Object.keys(build).join();
  if (given === "dockerfile" && build["dockerfile"] === "Dockerfile") return [];
  return [{ rule: "build", path: "build", message: "must build the one image of the Dockerfile" }];
}
