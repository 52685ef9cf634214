/** EX_USAGE of sysexits.h. */
const EXIT_USAGE = 64;

/**
 * A process takes its settings from the environment and nothing from its arguments: `--help` says so and exits 0, anything
 * else is refused with 64, rather than starting something that was meant otherwise.
 */
export function refuseArguments(script: string, about: string): void {
  const [first] = Bun.argv.slice(2);
  if (first === undefined) return;
  if (first === "--help" || first === "-h") {
    process.stdout.write(
      `Usage: bun run ${script}\n\n${about}\n\nTakes no arguments: its settings come from the environment (.env.example lists them).\nExit codes: 0 stopped or done, 1 failed, 64 wrong arguments, 78 wrong settings.\n`,
    );
    process.exit(0);
  }
  process.stderr.write(`Unknown argument "${first}"\nTry: bun run ${script} --help\n`);
  process.exit(EXIT_USAGE);
}
