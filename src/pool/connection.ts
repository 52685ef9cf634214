/** What a room's queries are run on: one statement a call, values apart from the text. */
export interface Connection {
  /**
   * The rows of one statement. int8 arrives as bigint, numeric as string, timestamptz as Date, jsonb parsed.
   *
   * @throws {DatabaseUnavailableError} If the database could not answer.
   * @throws {StatementError} If the server refused the statement.
   */
  query<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]>;
  /** How many rows one statement changed. Throws as `query` does. */
  execute(text: string, values?: readonly unknown[]): Promise<number>;
  /**
   * Sends rows to a `copy … from stdin`, in chunks of whatever size, and says how many were stored. Chunks are asked for no faster
   * than the server takes them, with a turn of the event loop between two. Throws as `query` does, and what `chunks` throws.
   */
  copyIn(text: string, chunks: AsyncIterable<Uint8Array>): Promise<number>;
}
