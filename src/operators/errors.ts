/** The bearer is no operator key in force of this tenant: malformed, unknown, expired, revoked, another tenant's. Callers are not told which. */
export class OperatorKeyInvalidError extends Error {
  override readonly name = "OperatorKeyInvalidError";
  readonly code = "operator_key_invalid";

  constructor() {
    super("Cannot act as the request presents no operator key in force of this tenant");
  }
}

/** The tenant already has a key in use of that name. */
export class OperatorKeyNameTakenError extends Error {
  override readonly name = "OperatorKeyNameTakenError";
  readonly code = "operator_key_name_taken";

  constructor(keyName: string) {
    super(
      `Cannot make the key as the tenant has one in use of this name: name is ${JSON.stringify(keyName)}`,
    );
  }
}

/** The tenant has no key in use of that name or id. */
export class OperatorKeyNotFoundError extends Error {
  override readonly name = "OperatorKeyNotFoundError";
  readonly code = "operator_key_not_found";

  constructor(which: string) {
    super(`Cannot find a key in use: asked for ${JSON.stringify(which)}`);
  }
}

/** Another request with the same key is being answered at this moment. */
export class RequestInProgressError extends Error {
  override readonly name = "RequestInProgressError";
  readonly code = "request_in_progress";

  constructor() {
    super("Cannot answer as another request with the same key is in progress");
  }
}

/** The key was used with another request; what that one did stands. */
export class RequestKeyReusedError extends Error {
  override readonly name = "RequestKeyReusedError";
  readonly code = "idempotency_key_reused";

  constructor() {
    super("Cannot answer as the idempotency key belongs to another request");
  }
}

/** The answer to the commit was lost, and it is now certain that nothing was done: the request may be sent again. */
export class RequestNotDoneError extends Error {
  override readonly name = "RequestNotDoneError";
  readonly code = "request_not_done";

  constructor(options: { readonly cause?: unknown } = {}) {
    super("Cannot answer as the transaction was lost: nothing was changed", options);
  }
}
