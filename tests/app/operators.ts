import { createOperatorKey } from "../../src/operators/mod.ts";
import type { TestDatabase } from "../harness/mod.ts";

/** Makes an operator's key of a tenant, and gives its text. */
export async function arrangeOperator(
  database: TestDatabase,
  {
    tenantId,
    at,
    name = crypto.randomUUID(),
  }: { readonly tenantId: string; readonly at: Date; readonly name?: string },
): Promise<string> {
  const pool = database.pool("linehold_web", { max: 1 });
  await using lease = await pool.lease({ access: "write", tenantId });
  const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const wanted = { tenantId, name, at, by: "test", randomBytes };
  const { text } = await createOperatorKey(lease.connection, wanted);
  await lease.commit();
  return text;
}
