import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readAnswerFile } from "../../src/commands/_answer_file.ts";
import { countsOf } from "../../src/commands/_ingest_counts.ts";
import { type WriteDeps, writeSnapshot } from "../../src/feeds/mod.ts";
import { countIndependently } from "../feeds/_independent_count.ts";
import { countCsv } from "../feeds/_independent_count_csv.ts";
import { countGames } from "../feeds/_independent_count_games.ts";
import { countScores } from "../feeds/_independent_count_scores.ts";
import { dataPath, openDatabase } from "../harness/mod.ts";

// Some hundred thousand rows in a real database, on a machine that other work may share.
setDefaultTimeout(120_000);

const AT = new Date("2026-01-01T12:00:00Z");

interface StoredFiles {
  readonly folder: string;
  readonly feed: string;
  readonly isRead: (name: string) => boolean;
  /** All are counted; of many alike, some are written to a database too. */
  readonly isWritten: (name: string) => boolean;
  count(bytes: Uint8Array): object;
}

const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

/** Every stored file that an adapter reads, and who counts it knowing nothing of the adapter. */
const STORED: readonly StoredFiles[] = [
  {
    folder: "goalserve",
    feed: "goalserve",
    isRead: (name) => name.endsWith(".json") && !name.includes("scores"),
    isWritten: () => true,
    count: (bytes) => countIndependently(parse(bytes)),
  },
  {
    folder: "goalserve",
    feed: "goalserve",
    isRead: (name) => name.includes("scores"),
    isWritten: () => true,
    count: (bytes) => countScores(parse(bytes)),
  },
  {
    folder: "theoddsapi",
    feed: "the_odds_api",
    isRead: () => true,
    isWritten: () => true,
    count: (bytes) => countGames(parse(bytes)),
  },
  {
    folder: "football",
    feed: "football_data",
    isRead: () => true,
    isWritten: (name) => /^(SC0|D1|I1|SP1).*2021-22|2025-26/.test(name),
    count: countCsv,
  },
];

describe.each(STORED)(
  "ingest of the stored files of $folder",
  ({ folder, feed, isRead, isWritten, count }) => {
    const path = dataPath(folder);
    const names = path === undefined ? [] : readdirSync(path).filter(isRead).sort();

    test.skipIf(path === undefined)(
      "counts each as an independent counter does, and stores what is open once",
      async () => {
        await using database = await openDatabase();
        const pool = database.pool("linehold_odds");
        expect(names).not.toEqual([]);

        for (const name of names) {
          const file = join(path ?? "", name);
          // A reduced file, the only one without a column that says which division it is of.
          const source = name.startsWith("E0_2025-26") ? "football_data/E0" : undefined;
          const snapshot = await readAnswerFile({ path: file, feed, source, at: AT, progress: NO_PROGRESS });
          const counts = countsOf(snapshot);
          const independent = count(await Bun.file(file).bytes());
          const same = Object.entries(counts).filter(([what]) => what in independent);
          expect([name, Object.fromEntries(same)]).toEqual([name, independent]);
          if (!isWritten(name)) continue;
          const lease: WriteDeps["lease"] = (options) => pool.lease(options);
          const { changed } = await writeSnapshot(snapshot, { lease, at: AT });
          expect([name, changed > 0 || counts.prices === 0]).toEqual([name, true]);
        }

        const [{ twice } = { twice: 0 }] = await database.owner<{ twice: number }>(
          "select count(*)::int as twice from (select 1 from prices group by event_id, book, market_type, period, label, line_quarters, outcome having count(*) > 1) rows",
        );
        expect(twice).toBe(0);
      },
    );
  },
);

const NO_PROGRESS = { show: () => undefined, clear: () => undefined };
