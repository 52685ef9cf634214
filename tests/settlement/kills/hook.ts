// Runs before a settler's own first line, for one that is to die at a certain statement. It counts what every connection sends, tells its parent which places there
// are, and ends the process by SIGKILL at the one it was told: nothing is flushed, closed or rolled back, as in a power cut.
import { Client } from "pg";
import { type Boundary, followConnection, type Side } from "./boundaries.ts";

const told = process.env["DIE_AT"];
const dieAt: Boundary | undefined = told === undefined ? undefined : JSON.parse(told);
const seen = new Set<string>();
const connections = new WeakMap<Client, (text: string) => string>();

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

// Nor does it outlive its parent, whose database is gone then.
process.on("disconnect", die);

function pathOf(client: Client, text: string): string {
  const follow = connections.get(client) ?? followConnection();
  connections.set(client, follow);
  const path = follow(text);
  if (!seen.has(path)) {
    seen.add(path);
    process.send?.(path);
  }
  return path;
}

const query = Client.prototype.query as (this: Client, ...given: unknown[]) => unknown;

function queryOrDie(this: Client, ...given: unknown[]): unknown {
  const [text] = given;
  // The pool's question whether a connection lives.
  if (typeof text !== "string" || text === "") return query.apply(this, given);
  const path = pathOf(this, text);
  const dies = (side: Side) => dieAt?.path === path && dieAt.side === side;
  if (dies("before")) die();
  const sent = query.apply(this, given);
  if (dies("sent")) {
    // What is asked in one turn is held back until the turn is over: here it leaves now, and nothing after it does.
    const { stream } = this.connection;
    while (stream.writableCorked > 0) stream.uncork();
    die();
  }
  if (dies("answered") && sent instanceof Promise) sent.then(die, die);
  return sent;
}
Object.defineProperty(Client.prototype, "query", { value: queryOrDie });
