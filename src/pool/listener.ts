import type { Client } from "pg";
import { type Clock, createBackoff, type Random } from "../resilience/mod.ts";
import { createClient, destroyClient } from "./wire.ts";

export interface ListenerOptions {
  /** Straight to Postgres: behind a pooler LISTEN is accepted and never delivers (measured with PgBouncer 1.18). */
  readonly url: string;
  /** A plain name: lower-case letters and underscores. */
  readonly channel: string;
  readonly applicationName: string;
}

export interface ListenerDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly onNotify: () => void;
  /** True when notifications arrive from now on; false when they stopped and a new connection is being tried. */
  readonly onListening: (listening: boolean) => void;
}

/** A connection outside every pool that hears NOTIFY, opened again with growing pauses whenever it is lost. */
export interface Listener extends AsyncDisposable {}

const CONNECT_TIMEOUT_MS = 5000;
/** A connection nobody writes to is asked this often: a peer that vanished would be silent for ever. */
const HEARTBEAT_MS = 5000;

/** @throws {RangeError} If the channel is not a plain name. */
export function openListener(
  { url, channel, applicationName }: ListenerOptions,
  deps: ListenerDeps,
): Listener {
  if (!/^[a-z_]+$/.test(channel))
    throw new RangeError(`Cannot listen to a channel of this name: it is "${channel}"`);
  const { clock, onListening, onNotify } = deps;
  const backoff = createBackoff({ fromMs: 100, toMs: 5000 }, deps);
  let current: Client | undefined;
  let timer: Disposable | undefined;
  let closed = false;

  const open = () => {
    const client = createClient({ url, applicationName, connectTimeoutMs: CONNECT_TIMEOUT_MS });
    current = client;
    const lost = () => {
      if (current !== client) return;
      current = undefined;
      timer?.[Symbol.dispose]();
      destroyClient(client);
      if (closed) return;
      onListening(false);
      timer = clock.after(backoff.next(), open);
    };
    client.once("end", lost);
    client.on("error", lost);
    client.on("notification", onNotify);
    client
      .connect()
      .then(() => client.query(`listen ${channel}`))
      .then(() => {
        backoff.reset();
        onListening(true);
        beat(client, lost);
      })
      .catch(lost);
  };
  const beat = (client: Client, lost: () => void) => {
    if (current !== client) return;
    timer = clock.after(HEARTBEAT_MS, () => {
      timer = clock.after(HEARTBEAT_MS, lost);
      client.query("").then(() => {
        timer?.[Symbol.dispose]();
        beat(client, lost);
      }, lost);
    });
  };

  open();
  return {
    [Symbol.asyncDispose]() {
      closed = true;
      timer?.[Symbol.dispose]();
      if (current !== undefined) destroyClient(current);
      current = undefined;
      return Promise.resolve();
    },
  };
}
