import { connect, type Socket } from "node:net";
import type { Clock } from "../../../src/resilience/mod.ts";
import { createResponseParser, type ParsedResponse } from "./response_parser.ts";

/**
 * How one request ended: an answer; a connection refused; cut by the peer with a reset, or in mid-answer; closed by the
 * peer without a byte; bytes that are no HTTP; or nothing by the deadline.
 */
export type Reply =
  | ({ readonly ending: "answered" } & ParsedResponse)
  | { readonly ending: "refused" | "reset" | "empty" | "malformed" | "timeout" };

/** Sends GET requests over raw keep-alive connections: Bun's `fetch` silently repeats a request that was reset. */
export interface Sender extends Disposable {
  /** Never rejects. A request past `deadlineAt` (on `clock.now()`) ends as a timeout and costs its connection. */
  send(path: string, options: { deadlineAt: number }): Promise<Reply>;
  readonly connections: number;
}

export interface SenderOptions {
  readonly hostname: string;
  readonly port: number;
  /** The `Host` header, when it is not the address itself. */
  readonly host?: string;
  /** Beyond these, requests wait on this side, on their own deadline. */
  readonly connectionsMax: number;
  /** A connection idle for longer is dropped, as it may be closed by the server at the moment of its next use. */
  readonly idleMaxMs?: number;
}

interface Ticket {
  readonly path: string;
  settle(reply: Reply): void;
  connection?: Connection;
}

interface Connection {
  readonly socket: Socket;
  ticket: Ticket | undefined;
  idleSince: number;
  parser: ReturnType<typeof createResponseParser>;
  /** Set once the connection is made: a failure before it is a refusal. */
  made: boolean;
}

/** A sender to one address. */
export function openSender(options: SenderOptions, { clock }: { clock: Clock }): Sender {
  const { connectionsMax, hostname, idleMaxMs = 1000, port } = options;
  const host = options.host ?? `${hostname}:${port}`;
  const open = new Set<Connection>();
  const idle: Connection[] = [];
  const waiting = new Set<Ticket>();

  const write = (connection: Connection, ticket: Ticket) => {
    connection.ticket = ticket;
    ticket.connection = connection;
    connection.parser = createResponseParser();
    connection.socket.write(`GET ${ticket.path} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n\r\n`);
  };
  const drop = (connection: Connection, reply?: Reply) => {
    if (!open.delete(connection)) return;
    const at = idle.indexOf(connection);
    if (at >= 0) idle.splice(at, 1);
    connection.socket.destroy();
    if (reply) connection.ticket?.settle(reply);
    connection.ticket = undefined;
    next();
  };
  const free = (connection: Connection, response: ParsedResponse) => {
    const ticket = connection.ticket;
    connection.ticket = undefined;
    connection.idleSince = clock.now();
    if (response.reusable) idle.push(connection);
    else drop(connection);
    ticket?.settle({ ending: "answered", ...response });
    next();
  };
  const openConnection = (ticket: Ticket) => {
    const socket = connect({ host: hostname, port, noDelay: true });
    const connection: Connection = {
      socket,
      ticket,
      idleSince: 0,
      parser: createResponseParser(),
      made: false,
    };
    open.add(connection);
    write(connection, ticket);
    socket.on("connect", () => {
      connection.made = true;
    });
    socket.on("data", (chunk: Buffer) => {
      try {
        const response = connection.parser.push(chunk);
        if (response === undefined) return;
        if (connection.ticket === undefined) drop(connection);
        else free(connection, response);
      } catch {
        drop(connection, { ending: "malformed" });
      }
    });
    socket.on("end", () => {
      const response = connection.parser.end();
      if (response && connection.ticket) free(connection, response);
      else drop(connection, { ending: connection.parser.begun ? "reset" : "empty" });
    });
    socket.on("error", () => drop(connection, { ending: connection.made ? "reset" : "refused" }));
    socket.on("close", () => drop(connection, { ending: "reset" }));
  };
  const takeIdle = (): Connection | undefined => {
    const youngest = idle.pop();
    if (youngest === undefined || clock.now() - youngest.idleSince <= idleMaxMs) return youngest;
    // The stack is ordered by age, so those below are older still.
    for (const connection of [youngest, ...idle]) drop(connection);
    return undefined;
  };
  const place = (ticket: Ticket): boolean => {
    const connection = takeIdle();
    if (connection) write(connection, ticket);
    else if (open.size < connectionsMax) openConnection(ticket);
    else return false;
    return true;
  };
  const next = () => {
    const [ticket] = waiting;
    if (ticket && place(ticket)) waiting.delete(ticket);
  };

  return {
    get connections() {
      return open.size;
    },
    send(path, { deadlineAt }) {
      return new Promise((resolve) => {
        const timer = clock.after(Math.max(0, deadlineAt - clock.now()), () => {
          waiting.delete(ticket);
          if (ticket.connection?.ticket === ticket) drop(ticket.connection, { ending: "timeout" });
          else resolve({ ending: "timeout" });
        });
        const ticket: Ticket = {
          path,
          settle(reply) {
            timer[Symbol.dispose]();
            resolve(reply);
          },
        };
        if (!place(ticket)) waiting.add(ticket);
      });
    },
    [Symbol.dispose]() {
      waiting.clear();
      for (const connection of [...open]) drop(connection);
    },
  };
}
