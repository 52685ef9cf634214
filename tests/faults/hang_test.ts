import { expect, test } from "bun:test";
import { openDatabase } from "../harness/mod.ts";
import { HANG, hangGuarded, hangNaive } from "./mod.ts";

test("with every statement hanging, max means max on the server too; a naive pool of four has tens", async () => {
  await using database = await openDatabase();

  const guarded = await hangGuarded(database, { forMs: 2500 });
  const naive = await hangNaive(database, { forMs: 4000 });

  expect(guarded.backendsMost).toBeGreaterThan(0);
  expect(guarded.backendsMost).toBeLessThanOrEqual(HANG.max);
  expect(guarded.looks).toBeGreaterThan(20);
  expect(guarded.givenUp).toBeGreaterThan(2 * HANG.callers);
  expect(naive.backendsMost).toBeGreaterThanOrEqual(20);
}, 30_000);
