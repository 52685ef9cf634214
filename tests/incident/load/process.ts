import { spawnLines } from "../children.ts";
import type { LoadResult } from "./generator.ts";
import type { LoadPlan } from "./plan.ts";

export interface LoadProcess extends AsyncDisposable {
  /** Begins the schedule; its zero is now, within about a millisecond. */
  begin(): void;
  /** Every outcome, once the last request is answered or given up. */
  readonly result: Promise<LoadResult>;
}

/** Starts the generator's process and returns when it stands ready. */
export async function startLoad(plan: LoadPlan): Promise<LoadProcess> {
  const child = spawnLines({ name: "load", entry: new URL("./main.ts", import.meta.url).pathname, env: {} });
  child.write(JSON.stringify(plan));
  await child.line((line) => line === "ready");
  const result = child.line((line) => line.startsWith("{")).then((line) => JSON.parse(line) as LoadResult);
  // Whoever awaits it hears of the failure; until then it must not end the process.
  result.catch(() => {});
  return {
    begin: () => child.write("begin"),
    result,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
