import type { Table } from "../measure/table.ts";
import { round } from "../measure/verdict.ts";
import { runPgbench } from "./pgbench.ts";
import { type BetsStage, WRITE_CONNECTIONS } from "./stage.ts";

export interface EscrowRow {
  readonly name: string;
  readonly perSecond: number;
  readonly latencyMs: number;
}

/** All that changes is how many rows the limit is kept in: everybody takes one unit of the same subject and commits. */
export async function measureEscrow(
  program: string,
  {
    stage,
    folder,
    seconds,
  }: { readonly stage: BetsStage; readonly folder: string; readonly seconds: number },
): Promise<{ readonly table: Table; readonly rows: readonly EscrowRow[] }> {
  const { owner, postgres } = stage.database;
  const tenantId = stage.crowd.bettors[0]?.tenantId ?? "";
  await owner.query(
    "create table one_row (tenant_id uuid primary key, limit_minor bigint not null, used_minor bigint not null)",
  );
  await owner.query("insert into one_row values ($1, 1000000000000, 0)", [tenantId]);
  await owner.query("grant select, update on one_row to linehold_web");
  const subject = Bun.randomUUIDv7();
  const frame = `begin;\nselect set_config('role', 'linehold_web', true), set_config('app.tenant', '${tenantId}', true);`;
  const take = `select take_exposure('${tenantId}', 'EUR', 1, '{event}'::text[], '{${subject}}'::text[], '{1000000000000}'::bigint[]);`;
  const update = `update one_row set used_minor = used_minor + 1 where tenant_id = '${tenantId}' and used_minor + 1 <= limit_minor;`;
  const rows: EscrowRow[] = [];
  for (const [name, statement] of [
    ["eight rows", take],
    ["one row", update],
  ] as const) {
    const scripts = [`${frame}\n${statement}\ncommit;\n`];
    const clients = 2 * WRITE_CONNECTIONS;
    const run = await runPgbench(program, { url: postgres.loginUrl, scripts, folder, clients, seconds });
    rows.push({ name, perSecond: run.tps, latencyMs: run.latencyMs });
  }
  const table: Table = {
    title: "ONE SUBJECT'S LIMIT, TAKEN BY EVERYBODY AT ONCE",
    columns: ["kept in", "taken/s", "latency ms"],
    rows: rows.map(({ name, perSecond, latencyMs }) => [name, round(perSecond), round(latencyMs)]),
    notes: [
      "A statement of one row costs less and makes all wait for the commit before; the longer a commit takes, the more eight rows win.",
    ],
  };
  return { table, rows };
}
