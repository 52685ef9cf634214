import { type Child, spawnLines } from "../../tests/incident/children.ts";
import { type ServiceSettings, serviceEnvironment } from "./settings.ts";

export interface Service extends AsyncDisposable {
  readonly port: number;
  /** How it ended by itself; `undefined` while it runs. */
  readonly ending: string | undefined;
}

/** Starts one of the two services as a process of its own; returns when it listens. */
export async function startService(build: "guarded" | "naive", settings: ServiceSettings): Promise<Service> {
  const child: Child = spawnLines({
    name: build,
    entry: new URL(`./${build}.ts`, import.meta.url).pathname,
    env: serviceEnvironment(settings),
  });
  await using starting = new AsyncDisposableStack();
  starting.use(child);
  const line = await child.line((said) => said.startsWith("listening "));
  starting.move();
  return {
    port: Number(line.split(" ")[1]),
    get ending() {
      return child.ending;
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
