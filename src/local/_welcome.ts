import type { StackPorts } from "./_stack_ports.ts";
import type { DemoOperator, DemoSignIn } from "./demo_access.ts";
import { DEMO_TENANTS } from "./demo_tenants.ts";

/** What to open and what to try, a line each. */
export function welcomeLines({
  embedded,
  host,
  operators,
  opsToken,
  ports,
  signIn,
}: {
  /** As in `localhost`. */
  readonly host: string;
  readonly ports: StackPorts;
  /** When it was made for this run. */
  readonly opsToken: string | undefined;
  readonly embedded: boolean;
  readonly operators: readonly DemoOperator[];
  readonly signIn: DemoSignIn | undefined;
}): string[] {
  const web = `http://${host}:${ports.web}`;
  const ops = `http://${host}:${ports.webOps}`;
  return [
    `Open  ${web}/docs  (every operation, to try in place)`,
    ...DEMO_TENANTS.map(
      ({ displayName, slug }) => `Open  ${web}/${slug}/api/public/load-theme  (${displayName})`,
    ),
    `Open  ${web}/supersports/api/public/events  (the simulated league)`,
    `Open  ${ops}/status.txt  (what visitors get now, and why)`,
    ...(opsToken === undefined
      ? []
      : [`Key   OPS_TOKEN=${opsToken}  (for the levers of ${ops}: README.md, "When it hurts")`]),
    ...operators.map(({ slug, key }) => `Key   ${key}  (operator of ${slug})`),
    ...(signIn === undefined
      ? []
      : [
          `Key   ${signIn.email}  ${signIn.password}  (a player of ${signIn.slug}: POST ${web}/${signIn.slug}/api/sessions)`,
        ]),
    `Try   curl -i ${web}/supersports/api/public/load-theme`,
    `Try   curl -i ${web}/health`,
    ...(embedded
      ? ["Try   bun run break freeze 20  (then the same again: still served, and labelled stale)"]
      : []),
    "Stop  Ctrl-C",
  ];
}
