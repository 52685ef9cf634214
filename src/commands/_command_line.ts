import { type ParseArgsConfig, parseArgs } from "node:util";
import { ConfigError } from "../config.ts";

/** EX_USAGE and EX_CONFIG of sysexits.h. */
export const EXIT = { done: 0, failed: 1, usage: 64, config: 78 } as const;

/** The arguments are wrong: the command says what, and how to ask for help. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
}

type OptionsConfig = NonNullable<ParseArgsConfig["options"]>;
type Values<T extends OptionsConfig> = ReturnType<
  typeof parseArgs<{ options: T & typeof HELP_OPTION; strict: true; allowPositionals: false }>
>["values"];

const HELP_OPTION = { help: { type: "boolean", short: "h" } } as const;

export interface Command<T extends OptionsConfig> {
  /** As in `bun run <name>`. */
  readonly name: string;
  readonly help: string;
  readonly options: T;
  /** The work. Its number becomes the exit code. */
  run(values: Values<T>): Promise<number>;
}

/**
 * Runs a command line to its end and exits: 0 or what the command returns, 1 if it failed, 64 if the arguments are wrong, 78 if the
 * environment is. `--help` is every command's; an unknown flag or a stray argument is refused.
 */
export async function runCommand<const T extends OptionsConfig>(command: Command<T>): Promise<never> {
  process.exit(await exitCodeOf(command, Bun.argv.slice(2)));
}

/** One verb of a command that has several. */
export interface Subcommand {
  readonly verb: string;
  exitCodeOf(words: readonly string[]): Promise<number>;
}

/** A verb of `bun run <name> <verb>`; its `--help` is the whole command's. */
export function subcommand<const T extends OptionsConfig>(verb: string, command: Command<T>): Subcommand {
  return { verb, exitCodeOf: (words) => exitCodeOf(command, words) };
}

/** Runs the verb that the command line begins with and exits as `runCommand` does; 64 when it names none of them. */
export async function runSubcommand(
  { name, help }: Pick<Command<OptionsConfig>, "name" | "help">,
  subcommands: readonly Subcommand[],
): Promise<never> {
  const [first, ...words] = Bun.argv.slice(2);
  if (first === "--help" || first === "-h") {
    process.stdout.write(`${help.trim()}\n`);
    process.exit(EXIT.done);
  }
  const chosen = subcommands.find(({ verb }) => verb === first);
  if (chosen !== undefined) process.exit(await chosen.exitCodeOf(words));
  const known = subcommands.map(({ verb }) => verb).join(", ");
  const said = first === undefined ? "Say what to do" : `Unknown verb "${first}"`;
  process.stderr.write(`${said}: ${known}\nTry: bun run ${name} --help\n`);
  process.exit(EXIT.usage);
}

async function exitCodeOf<const T extends OptionsConfig>(
  command: Command<T>,
  words: readonly string[],
): Promise<number> {
  try {
    const options = { ...command.options, ...HELP_OPTION };
    const { values } = parseArgs({ args: [...words], options, strict: true, allowPositionals: false });
    if ("help" in values && values.help === true) {
      process.stdout.write(`${command.help.trim()}\n`);
      return EXIT.done;
    }
    return await command.run(values as Values<T>);
  } catch (error) {
    process.stderr.write(`${messageOf(error, command.name)}\n`);
    return isUsage(error) ? EXIT.usage : error instanceof ConfigError ? EXIT.config : EXIT.failed;
  }
}

function isUsage(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

function messageOf(error: unknown, name: string): string {
  const message = error instanceof Error ? error.message : String(error);
  return isUsage(error) ? `${message}\nTry: bun run ${name} --help` : message;
}
