import { requireOperator } from "../../src/operators/mod.ts";
import type { AnswerWay } from "./world.ts";

/** Operators' requests as one would first answer them: done, committed, and done again whenever they are asked again. The control. */
export const answerNaively: AnswerWay = async ({ tenantId, key }, { pool, clock }, act) => {
  await using lease = await pool.lease({ access: "write", tenantId });
  const at = new Date(clock.epochMs());
  const operator = await requireOperator(lease.connection, { tenantId, key, at });
  const answer = JSON.stringify(await act(lease.connection, { operator, at }));
  await lease.commit();
  return answer;
};
