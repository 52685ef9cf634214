import {
  FeedUnreadableError,
  type ReadAnswer,
  type ReadContext,
  readFootballData,
  readGoalserve,
  readGoalserveScores,
  readTheOddsApi,
  readTheOddsApiScores,
  type Snapshot,
} from "../feeds/mod.ts";
import type { Progress } from "./_progress.ts";

/** The largest answer known is 80 MB. */
const FILE_BYTES_MAX = 512 * 1024 * 1024;
/** How much of a file's beginning is looked at to tell scores from odds. */
const HEAD_BYTES = 64 * 1024;

interface Format {
  readonly read: ReadAnswer;
  /** Where a vendor's answers about scores can be told by what they begin with: that, and who reads them. */
  readonly scores?: { readonly marks: RegExp; readonly read: ReadAnswer };
  /** Whose events they are, where nobody says. */
  readonly source?: string;
}

/** GoalServe's results are of soccer alone; a file of several sports' scores is read for one at a time. */
const SOCCER = "goalserve/soccer";

const FORMATS: Readonly<Record<string, Format>> = {
  goalserve: {
    read: readGoalserve,
    scores: {
      marks: /"(?:odds|odds_data|bookmakers|(@status|@id|@sport|@updated))"\s*:/,
      read: (body, context) =>
        readGoalserveScores(body, isOfGoalserve(context) ? context : { ...context, source: SOCCER }),
    },
  },
  "goalserve/scores": { read: readGoalserveScores, source: SOCCER },
  the_odds_api: {
    read: readTheOddsApi,
    scores: { marks: /"(?:bookmakers|(completed))"\s*:/, read: readTheOddsApiScores },
  },
  "the_odds_api/scores": { read: readTheOddsApiScores },
  football_data: { read: readFootballData },
};

function isOfGoalserve({ source }: ReadContext): boolean {
  return source.startsWith("goalserve/");
}

/** What can be read, as in `--feed`. */
export const FEEDS: readonly string[] = Object.keys(FORMATS);

export interface AnswerFile {
  readonly path: string;
  /** One of `FEEDS`. */
  readonly feed: string;
  /** The source it belongs to, where the file itself does not say. */
  readonly source?: string | undefined;
  /** The vendor's own name of the sport, where neither the file nor the source says. */
  readonly sport?: string | undefined;
  /** Business time. */
  readonly at: Date;
  readonly progress: Progress;
}

/**
 * Reads a stored answer of a source as a poll of it would, piece by piece.
 *
 * @throws {FeedUnreadableError} Whatever is wrong with the file: missing, no file, too large, of another format, cut off.
 */
export async function readAnswerFile({
  path,
  feed,
  source,
  sport = source?.split("/")[1],
  at,
  progress,
}: AnswerFile): Promise<Snapshot> {
  const format = Object.hasOwn(FORMATS, feed) ? FORMATS[feed] : undefined;
  if (format === undefined) throw new FeedUnreadableError(path, `nothing reads ${feed}`);
  const file = Bun.file(path);
  const { size, isFile } = await file.stat().then(
    (stat) => ({ size: stat.size, isFile: stat.isFile() }),
    (cause: unknown) => {
      throw new FeedUnreadableError(path, "the file cannot be read", { cause });
    },
  );
  if (!isFile) throw new FeedUnreadableError(path, "it is no file");
  if (size > FILE_BYTES_MAX) throw new FeedUnreadableError(path, `it is larger than ${FILE_BYTES_MAX} bytes`);
  const read = readerFor(format, await file.slice(0, HEAD_BYTES).text());
  const context = { source: source ?? format.source ?? path, at, ...(sport === undefined ? {} : { sport }) };
  return await read(
    telling(file.stream(), (bytes) =>
      progress.show(`Reading ${path}: ${megabytes(bytes)} of ${megabytes(size)} MB`),
    ),
    context,
  );
}

function readerFor({ read, scores }: Format, head: string): ReadAnswer {
  return scores?.marks.exec(head)?.[1] === undefined ? read : scores.read;
}

async function* telling(
  body: AsyncIterable<Uint8Array>,
  tell: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    tell(bytes);
    yield piece;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
