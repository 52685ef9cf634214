/** The service has no keys to sign or to recognise players with: settings lack PLAYER_TOKEN_KEYS or IDENTITY_KEY. */
export class PlayersUnconfiguredError extends Error {
  override readonly name = "PlayersUnconfiguredError";
  readonly code = "players_unconfigured";

  constructor() {
    super("Cannot serve players as PLAYER_TOKEN_KEYS or IDENTITY_KEY is not set");
  }
}

/** The access token is absent, expired, another tenant's or not ours: which of them is nobody's business. */
export class TokenInvalidError extends Error {
  override readonly name = "TokenInvalidError";
  readonly code = "token_invalid";

  constructor(options: { readonly cause?: unknown } = {}) {
    super("Cannot accept the access token", options);
  }
}

/** The session was signed out, has expired, or was ended because a spent refresh token came back. */
export class SessionEndedError extends Error {
  override readonly name = "SessionEndedError";
  readonly code = "session_ended";

  constructor() {
    super("Cannot go on as the session has ended");
  }
}

/** E-mail and password do not belong together, or nobody has that e-mail. */
export class CredentialsInvalidError extends Error {
  override readonly name = "CredentialsInvalidError";
  readonly code = "credentials_invalid";

  constructor() {
    super("Cannot sign in as e-mail and password do not match an account");
  }
}

/** Too many attempts from one address, or on one account. */
export class SignInThrottledError extends Error {
  override readonly name = "SignInThrottledError";
  readonly code = "sign_in_throttled";
  /** Whole seconds, at least 1. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterMs: number) {
    super("Cannot check a password as too many were tried");
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  }
}

/** More passwords wait to be checked than this process takes: the machine stays there for what else it does. */
export class SignInBusyError extends Error {
  override readonly name = "SignInBusyError";
  readonly code = "sign_in_busy";

  constructor(options: { readonly cause?: unknown } = {}) {
    super("Cannot check a password as too many wait for it", options);
  }
}

/** Another player of the tenant has this e-mail. */
export class EmailTakenError extends Error {
  override readonly name = "EmailTakenError";
  readonly code = "email_taken";

  constructor(options: { readonly cause?: unknown } = {}) {
    super("Cannot register the player as another one has the e-mail", options);
  }
}

/** The person is not of age. */
export class PlayerUnderageError extends Error {
  override readonly name = "PlayerUnderageError";
  readonly code = "player_underage";

  constructor() {
    super("Cannot register the player as the person is under age");
  }
}

/** What was given of a person cannot be used: a name of no letters, a date that is none, a password that is the e-mail. */
export class RegistrationInvalidError extends Error {
  override readonly name = "RegistrationInvalidError";
  readonly code = "registration_invalid";
  /** The field that is at fault. */
  readonly field: "password" | "dateOfBirth" | "fullName" | "email" | "currency" | "country" | "address";

  constructor(field: RegistrationInvalidError["field"]) {
    super(`Cannot register the player as a field is not usable: field is "${field}"`);
    this.field = field;
  }
}
