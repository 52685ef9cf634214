import { join } from "node:path";

// Before anything else is loaded: another Bun may not even be able to read the rest, and `npx bun` takes the newest.
const manifest: { engines: { bun: string } } = await Bun.file(
  join(import.meta.dir, "../../package.json"),
).json();
const wanted = manifest.engines.bun;
if (!Bun.semver.satisfies(Bun.version, `~${wanted}`)) {
  process.stderr.write(
    `Cannot start with Bun ${Bun.version}, as this is made for ${wanted}: npx --yes bun@${wanted} start\n`,
  );
  process.exit(1);
}
const { refuseArguments } = await import("./_arguments.ts");
refuseArguments(
  "start",
  "Runs everything on this machine: Postgres (embedded when DATABASE_URL is unset), demo brands, a simulated league\nand the three processes. Ctrl-C ends all of it.",
);
const { startStack } = await import("./_start_stack.ts");
await startStack();
