const ACCEPTABLE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Names requests: the caller's own `X-Request-Id` where it is harmless, else one of ours. */
export interface RequestIds {
  /** The same id for the same request, however often it is asked for. */
  of(request: Request): string;
  /** An id for a request that is asked for once only: nothing is remembered. */
  next(headers: Headers): string;
  /** Lets a request that stands for another carry the other's id. */
  share(from: Request, to: Request): void;
}

/**
 * Request ids that are unique across processes: a random prefix a process and a counter.
 *
 * @param random Draws the prefix, once.
 */
export function createRequestIds({ random }: { readonly random: () => number }): RequestIds {
  const prefix = Array.from({ length: 4 }, () =>
    Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, "0"),
  ).join("");
  const issued = new WeakMap<Request, string>();
  let counter = 0;
  const next = (headers: Headers): string => {
    const given = headers.get("x-request-id");
    counter += 1;
    return given !== null && ACCEPTABLE.test(given) ? given : `${prefix}-${counter.toString(36)}`;
  };
  const of = (request: Request): string => {
    const known = issued.get(request);
    if (known !== undefined) return known;
    const id = next(request.headers);
    issued.set(request, id);
    return id;
  };
  return { of, next, share: (from, to) => void issued.set(to, of(from)) };
}
