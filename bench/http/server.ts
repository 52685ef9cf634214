import { spawnLines } from "../../tests/incident/children.ts";

/** A server under measurement: a process of its own on a port of 127.0.0.1. */
export interface Server extends AsyncDisposable {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
}

/** Starts a Bun script that says `listening <port>` when it does. */
export async function startScript(
  name: string,
  { entry, env }: { entry: string; env: Readonly<Record<string, string>> },
): Promise<Server> {
  const child = spawnLines({ name, entry: new URL(`./servers/${entry}`, import.meta.url).pathname, env });
  await using starting = new AsyncDisposableStack();
  starting.use(child);
  const line = await child.line((said) => said.startsWith("listening "));
  starting.move();
  return {
    name,
    port: Number(line.split(" ")[1]),
    pid: child.pid,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
