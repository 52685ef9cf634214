import { join } from "node:path";
import { parseArgs } from "node:util";
import { generateContract } from "./_contract_files.ts";

const HELP = `Usage: bun run contract [--check]

Writes openapi/openapi.json from the routes, lints it, and generates openapi/client/schema.d.ts from it.

  --check  write nothing; fail when what is there is not what the routes say
  --help   this text
`;

/** EX_USAGE of sysexits.h. */
const EXIT_USAGE = 64;

const folder = join(import.meta.dir, "../../openapi");

async function run(argv: readonly string[]): Promise<number> {
  let flags: { check?: boolean | undefined; help?: boolean | undefined };
  try {
    flags = parseArgs({
      args: [...argv],
      options: { check: { type: "boolean" }, help: { type: "boolean" } },
    }).values;
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : "Cannot read the arguments"}\n\n${HELP}`,
    );
    return EXIT_USAGE;
  }
  if (flags.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { files, faults } = await generateContract({ folder });
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) return 1;
  const drifted: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    const file = Bun.file(join(folder, path));
    if ((await file.exists()) && (await file.text()) === text) continue;
    drifted.push(path);
    if (!flags.check) await Bun.write(file, text);
  }
  for (const path of drifted)
    process.stdout.write(`${flags.check ? "Differs from the routes" : "Wrote"}: openapi/${path}\n`);
  if (drifted.length === 0) process.stdout.write("The contract is what the routes say\n");
  return flags.check && drifted.length > 0 ? 1 : 0;
}

process.exitCode = await run(Bun.argv.slice(2));
