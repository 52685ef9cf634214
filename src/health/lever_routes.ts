import { createHash, timingSafeEqual } from "node:crypto";
import { SECURITY_HEADERS } from "../http/mod.ts";
import type { Levers } from "./levers.ts";

export interface LeverRoutesDeps {
  readonly levers: Levers;
  /** Whoever pulls must know it. Without one nothing can be pulled. */
  readonly token: { reveal(): string } | undefined;
}

/** Answers requests for a lever; `undefined` for every other path. */
export type LeverRoutes = (
  request: Request,
  target: { readonly path: string; readonly query: string },
) => Promise<Response> | undefined;

const BODY_BYTES_MAX = 4096;

/** A request that cannot be done, as it is told to the operator. */
class LeverRefusedError extends Error {
  override readonly name = "LeverRefusedError";
  readonly code: "body_unreadable" | "body_too_large" | "lever_invalid";

  constructor(code: LeverRefusedError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The levers as POST routes of the private listener, for whoever holds the token. Refusals are problem details (RFC 9457) that
 * say what is wrong: nobody but operators reads them.
 */
export function createLeverRoutes({ levers, token }: LeverRoutesDeps): LeverRoutes {
  const isHolder = createCheck(token);
  const switches: Readonly<Record<string, (query: string) => unknown>> = {
    "/drain": (query) => turn(levers.drain, "draining", query),
    "/stale-only": (query) => turn(levers.staleOnly, "staleOnly", query),
  };
  const actions: Readonly<Record<string, (body: Body) => unknown>> = {
    "/resize": (body) => resize(levers, body),
    "/renew": (body) => renew(levers, body),
  };
  const pull = async (
    request: Request,
    { path, query }: { path: string; query: string },
  ): Promise<Response> => {
    if (request.method !== "POST")
      return problem(405, "method_not_allowed", "A lever is pulled by POST", { allow: "POST" });
    if (token === undefined)
      return problem(403, "levers_locked", "OPS_TOKEN is not set for this process, so that nobody may pull");
    if (!isHolder(request))
      return problem(401, "token_wrong", "Authorization must be Bearer with the value of OPS_TOKEN", {
        "www-authenticate": "Bearer",
      });
    try {
      const switched = switches[path]?.(query);
      return answer(switched ?? actions[path]?.(await readBody(request)));
    } catch (error) {
      if (error instanceof RangeError) return problem(422, "lever_invalid", error.message);
      if (!(error instanceof LeverRefusedError)) throw error;
      return problem(STATUS[error.code], error.code, error.message);
    }
  };
  return (request, target) =>
    Object.hasOwn(switches, target.path) || Object.hasOwn(actions, target.path)
      ? pull(request, target)
      : undefined;
}

const STATUS = { body_unreadable: 400, body_too_large: 413, lever_invalid: 422 } as const;

/** Compares hashes of equal length in constant time, so that the time of a refusal says nothing of the token. */
function createCheck(token: LeverRoutesDeps["token"]): (request: Request) => boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const wanted = digest(`Bearer ${token?.reveal() ?? ""}`);
  return (request) => {
    const given = request.headers.get("authorization") ?? "";
    const scheme = given.slice(0, 7).toLowerCase() === "bearer " ? "Bearer " : given.slice(0, 7);
    return timingSafeEqual(digest(scheme + given.slice(7)), wanted) && token !== undefined;
  };
}

function turn(lever: Levers["drain"], name: string, query: string): unknown {
  if (query !== "" && query !== "?on" && query !== "?off")
    throw new LeverRefusedError(
      "lever_invalid",
      `Say ?on, which is meant when nothing is said, or ?off: it is "${query}"`,
    );
  lever.set(query !== "?off");
  return { [name]: lever.isOn };
}

type Body = Readonly<Record<string, unknown>>;

function resize(levers: Levers, body: Body): unknown {
  refuseUnknown(body, ["pool", "max", "min"]);
  const { pool, max, min } = body;
  if (typeof pool !== "string") throw new RangeError(`pool must be one of ${levers.pools.join(", ")}`);
  if (typeof max !== "number") throw new RangeError("max must be a whole number");
  if (min !== undefined && typeof min !== "number")
    throw new RangeError("min must be a whole number, or left out");
  return levers.resize(pool, { max, min });
}

function renew(levers: Levers, body: Body): unknown {
  refuseUnknown(body, ["pool"]);
  const { pool } = body;
  if (pool !== undefined && typeof pool !== "string")
    throw new RangeError(`pool must be one of ${levers.pools.join(", ")}, or left out for all`);
  return { renewed: levers.renew(pool) };
}

function refuseUnknown(body: Body, known: readonly string[]): void {
  const strange = Object.keys(body).filter((name) => !known.includes(name));
  if (strange.length > 0)
    throw new RangeError(`Known are ${known.join(", ")}: the body has ${strange.join(", ")}`);
}

/** A JSON object; an empty body is an empty one. */
async function readBody(request: Request): Promise<Body> {
  const declared = request.headers.get("content-length");
  if (request.body !== null && (declared === null || Number(declared) > BODY_BYTES_MAX))
    throw new LeverRefusedError(
      "body_too_large",
      `The body must declare its length, at most ${BODY_BYTES_MAX} bytes`,
    );
  const text = await request.text();
  if (text.trim() === "") return {};
  const body = parse(text);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Body;
  throw new LeverRefusedError("body_unreadable", "The body must be a JSON object");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LeverRefusedError("body_unreadable", "The body must be a JSON object, and this is no JSON");
  }
}

function answer(body: unknown): Response {
  return respond(200, "application/json; charset=utf-8", body);
}

function problem(
  status: number,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return respond(status, "application/problem+json", { type: "about:blank", status, code, detail }, headers);
}

function respond(
  status: number,
  contentType: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: { ...SECURITY_HEADERS, "content-type": contentType, "cache-control": "no-store", ...headers },
  });
}
