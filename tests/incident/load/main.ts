/**
 * The load generator as a process of its own, so that it shares no event loop with what it measures.
 * Reads a plan as one JSON line, says `ready`, begins at the next line, and prints the result as one JSON line.
 */
import { systemClock } from "../../../src/resilience/mod.ts";
import { seededRandom } from "../../harness/random.ts";
import { planArrivals } from "./arrivals.ts";
import { prepareLoad } from "./generator.ts";
import type { LoadPlan } from "./plan.ts";

const lines = console[Symbol.asyncIterator]();
const plan: LoadPlan = JSON.parse(await nextLine());
const arrivals = planArrivals(plan, { random: seededRandom(plan.seed) });
using load = await prepareLoad({ ...plan, arrivals }, { clock: systemClock });
console.log("ready");
await nextLine();
const result = await load.run();
await Bun.write(Bun.stdout, `${JSON.stringify(result)}\n`);
process.exit(0);

async function nextLine(): Promise<string> {
  const { value, done } = await lines.next();
  if (done) process.exit(1);
  return String(value);
}
