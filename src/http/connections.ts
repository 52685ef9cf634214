/** The part of Bun's server that knows the connections under its requests. */
export interface Listener {
  requestIP(request: Request): { readonly address: string } | null;
  timeout(request: Request, seconds: number): void;
}

/** What a listener knows of the connection that a request came over, for the few answers that need it. */
export interface Connections {
  /** Takes the listener, once it is there. Without one no address is known and no connection held. */
  bind(listener: Listener): void;
  /** Where the request comes from: what the trusted proxy says, where there is one, else the peer's address. */
  addressOf(request: Request): string;
  /** Lets the connection live until it is ended: an answer that goes on for ever is otherwise cut, whatever it writes. */
  holdOpen(request: Request): void;
  /** Lets the connection be cut after this long. */
  cutAfter(request: Request, ms: number): void;
  /** Lets a request that stands for another be known by the other's connection. */
  share(from: Request, to: Request): void;
}

const UNKNOWN = "unknown";
const ADDRESS_MAX = 64;

/**
 * Connections of a listener that is bound later.
 *
 * @param addressHeader What a trusted proxy writes the client's address in; never set without one, as anybody may send it. Of a list the
 * last is taken: those before are what the client said of itself.
 */
export function createConnections({
  addressHeader,
}: {
  readonly addressHeader: string | undefined;
}): Connections {
  const originals = new WeakMap<Request, Request>();
  let bound: Listener | undefined;
  const originalOf = (request: Request) => originals.get(request) ?? request;
  return {
    bind(listener) {
      bound = listener;
    },
    addressOf(request) {
      const told = addressHeader === undefined ? null : request.headers.get(addressHeader);
      const named = told?.split(",").at(-1)?.trim().slice(0, ADDRESS_MAX);
      return named || bound?.requestIP(originalOf(request))?.address || UNKNOWN;
    },
    // 0 lifts the limit. It counts from the request on, and what is written does not begin it anew (measured with Bun 1.4.5).
    holdOpen: (request) => bound?.timeout(originalOf(request), 0),
    cutAfter: (request, ms) => bound?.timeout(originalOf(request), Math.max(1, Math.ceil(ms / 1000))),
    share: (from, to) => void originals.set(to, originalOf(from)),
  };
}
