import { expect, test } from "bun:test";
import { HOUSE_RULES_1 } from "../../../src/settlement/mod.ts";
import { openDatabase } from "../../harness/mod.ts";

test("the first version is word for word what the migration has published", async () => {
  await using database = await openDatabase();

  const rows = await database.owner<{ document: unknown }>(
    "select document from house_rules where rules_version = 1",
  );

  expect(rows.map(({ document }) => document)).toEqual([HOUSE_RULES_1]);
});
