import { type Child, spawnLines } from "../../tests/incident/children.ts";
import type { SettleAnswer, SettleOrder, SettlerSettings } from "./settler.ts";

/** The settling process, seen from the bench. */
export interface Settling extends AsyncDisposable {
  readonly pid: number;
  /** Lets it settle until so many bets are dealt with, or for so long. */
  settle(order: Omit<SettleOrder, "number">): Promise<SettleAnswer>;
}

const ENTRY = new URL("settler.ts", import.meta.url).pathname;

export async function startSettling(settings: SettlerSettings): Promise<Settling> {
  const env = { SETTLER: JSON.stringify(settings) };
  const child: Child = spawnLines({ name: settings.applicationName, entry: ENTRY, env });
  await child.line((line) => line === "settler.started");
  let orders = 0;
  return {
    pid: child.pid,
    async settle(order) {
      orders += 1;
      const numbered: SettleOrder = { ...order, number: orders };
      child.write(JSON.stringify(numbered));
      return JSON.parse(await child.line((line) => line.startsWith(`{"number":${orders},`)));
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
