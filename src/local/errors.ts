/** The one-machine database cannot be provided; the message says what to do about it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
  readonly code = "embedded_postgres_failed";
}
