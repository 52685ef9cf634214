import { PRIVATE_HEADERS } from "./headers.ts";

/** A caller must name what it does, so that doing it again is found out; the header is absent or unusable. */
export class IdempotencyKeyMissingError extends Error {
  override readonly name = "IdempotencyKeyMissingError";
  readonly code = "idempotency_key_missing";

  constructor() {
    super("Cannot go on as the request has no usable Idempotency-Key");
  }
}

export interface PrivateAnswerOptions {
  /** 200 by default. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** JSON for one caller alone: no cache keeps it. A text is sent as it is, so that a stored answer is the same bytes again. */
export function answerPrivate(
  body: object | string,
  { status = 200, headers }: PrivateAnswerOptions = {},
): Response {
  return new Response(typeof body === "string" ? body : JSON.stringify(body), {
    status,
    headers: { ...PRIVATE_HEADERS, "content-type": "application/json; charset=utf-8", ...headers },
  });
}

/** 204 for one caller alone. */
export function answerDone(): Response {
  return new Response(null, { status: 204, headers: PRIVATE_HEADERS });
}

const KEY = /^[\x21-\x7e]{1,128}$/;

/**
 * The request's own name for what it asks to be done (draft-ietf-httpapi-idempotency-key-header), 1 to 128 printable ASCII characters.
 *
 * @throws {IdempotencyKeyMissingError}
 */
export function readIdempotencyKey(request: Request): string {
  const key = request.headers.get("idempotency-key");
  if (key === null || !KEY.test(key)) throw new IdempotencyKeyMissingError();
  return key;
}

const BEARER = /^Bearer +([\x21-\x7e]{1,4096})$/i;

/** What `Authorization` presents as a bearer token (RFC 6750 §2.1), or `undefined`. */
export function readBearer(request: Request): string | undefined {
  return BEARER.exec(request.headers.get("authorization") ?? "")?.[1];
}

/**
 * An amount of minor units as JSON carries it: an integer that every reader holds exactly (RFC 8259 §6).
 *
 * @throws {RangeError} Beyond 2^53 − 1.
 */
export function minorToJson(amountMinor: bigint): number {
  const amount = Number(amountMinor);
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Cannot write the amount exactly: ${amountMinor}`);
  return amount;
}
