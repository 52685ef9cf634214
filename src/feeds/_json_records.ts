import { isRecord, type JsonRecord } from "./_json.ts";
import { readJsonStream } from "./_json_stream.ts";
import { FeedUnreadableError } from "./errors.ts";

const DOCUMENT = new Set([""]);

/**
 * Reads a JSON document that is one list of records, each given to `take` as it comes.
 *
 * @throws {FeedUnreadableError} If it is no such document, or ends early.
 */
export async function readRecords(
  body: AsyncIterable<Uint8Array>,
  source: string,
  take: (record: JsonRecord) => void,
): Promise<void> {
  let taken = 0;
  const outline = await readJsonStream(body, {
    source,
    lists: DOCUMENT,
    take: (element) => {
      if (!isRecord(element)) throw new FeedUnreadableError(source, "it is no list of records");
      taken += 1;
      take(element);
    },
  });
  // What is no record stays in the outline, beside the marks of those that were taken.
  if (!Array.isArray(outline) || outline.length !== taken)
    throw new FeedUnreadableError(source, "it is no list of records");
}
