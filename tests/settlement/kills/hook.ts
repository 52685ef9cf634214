// Runs before a settler's own first line, for one that is to die beside a statement. It follows what every connection sends, tells its parent
// which places there are, and ends the process by SIGKILL at the first it may die at: nothing is flushed, closed or rolled back, as in a
// power cut.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Client } from "pg";
import {
  type Boundary,
  type DeathWish,
  followConnection,
  keyOf,
  type Place,
  pays,
  type Side,
} from "./boundaries.ts";

const NOTE = process.env["DEATH_NOTE"] ?? "";
const told = process.env["DIE_AT"];
const wish: DeathWish | undefined = told === undefined ? undefined : JSON.parse(told);
const passed = new Set(wish?.passed);
const seen = new Set<string>();
const connections = new WeakMap<Client, ReturnType<typeof followConnection>>();

// Nor does it outlive its parent, whose database is gone then.
process.on("disconnect", die);

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

/** It waits for the answer after which it dies: what else it sends meanwhile is left to others. */
let isDying = false;

function diesAt(at: Boundary): boolean {
  if (wish === undefined || (wish.onlyPaying && !pays(at))) return false;
  const key = keyOf(at);
  if (passed.has(key)) return false;
  if (!wish.alone) return true;
  if (isDying || !isFirstAt(key)) return false;
  isDying = true;
  return true;
}

/** Whether nobody was here before: settlers that start together are told the same, and would die at the same boundary. */
function isFirstAt(key: string): boolean {
  try {
    writeFileSync(join(dirname(NOTE), `${key}.claim`), "", { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

/** Where a connection has come to, by the statement that it is about to send; the parent hears of it once, before anybody can die there. */
function placeOf(client: Client, text: string, values: unknown): Place {
  const follow = connections.get(client) ?? followConnection();
  connections.set(client, follow);
  const place = follow(text, Array.isArray(values) ? values : []);
  const said = JSON.stringify(place);
  if (!seen.has(said)) {
    seen.add(said);
    process.send?.(said);
  }
  return place;
}

const query = Client.prototype.query as (this: Client, ...given: unknown[]) => unknown;

function queryOrDie(this: Client, ...given: unknown[]): unknown {
  const [text, values] = given;
  // The pool's question whether a connection lives.
  if (typeof text !== "string" || text === "") return query.apply(this, given);
  const place = placeOf(this, text, values);
  const dies = (side: Side) => diesAt({ ...place, side });
  const dieHere = (side: Side) => {
    // Written before the signal, as nothing is sent after it.
    writeFileSync(NOTE, JSON.stringify({ ...place, side }));
    die();
  };
  if (dies("before")) dieHere("before");
  const sent = query.apply(this, given);
  if (dies("sent")) {
    // What is asked in one turn is held back until the turn is over: here it leaves now, and nothing after it does.
    const { stream } = this.connection;
    while (stream.writableCorked > 0) stream.uncork();
    dieHere("sent");
  }
  if (dies("answered") && sent instanceof Promise) {
    const end = () => dieHere("answered");
    sent.then(end, end);
  }
  return sent;
}
Object.defineProperty(Client.prototype, "query", { value: queryOrDie });
