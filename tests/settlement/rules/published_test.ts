import { expect, test } from "bun:test";
import { HOUSE_RULES_1, HOUSE_RULES_2 } from "../../../src/settlement/mod.ts";
import { openDatabase } from "../../harness/mod.ts";

test("the versions are word for word what migrations have published, and there are no others", async () => {
  await using database = await openDatabase();

  const rows = await database.owner<{ document: unknown }>(
    "select document from house_rules order by rules_version",
  );

  expect(rows.map(({ document }) => document)).toEqual([HOUSE_RULES_1, HOUSE_RULES_2]);
});
