import type { House } from "./stage.ts";

const COMMAND = new URL("../../src/commands/audit.ts", import.meta.url).pathname;

interface AuditAnswer {
  readonly bets: number;
  readonly breaches: readonly {
    readonly invariant: string;
    readonly subject: string;
    readonly detail: string;
  }[];
}

/** What `bun run audit` says of a ledger's promises: the broken ones, in words; that it could not be asked is one. */
export async function auditBreaches({ name, url }: Pick<House, "name" | "url">): Promise<string[]> {
  const child = Bun.spawn([process.execPath, COMMAND, "--json"], {
    env: { PATH: Bun.env["PATH"], HOME: Bun.env["HOME"], DATABASE_URL: url },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [said, complained, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (said === "") return [`${name}: the audit ended with ${code}: ${complained.slice(0, 500)}`];
  const { breaches, bets }: AuditAnswer = JSON.parse(said);
  if (bets === 0) return [`${name}: the audit saw no bets`];
  return breaches.map(({ invariant, subject, detail }) => `${name}: ${invariant} ${subject}: ${detail}`);
}
