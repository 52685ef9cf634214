import { expect, test } from "bun:test";
import { createProgress } from "../../src/commands/_progress.ts";
import { manualClock } from "../harness/mod.ts";

function terminal(isTTY: boolean | undefined) {
  const written: string[] = [];
  const write = (text: string) => written.push(text.replaceAll("\r\u001b[2K", "<"));
  return { written, ...(isTTY === undefined ? { write } : { isTTY, write }) };
}

test("createProgress writes over its line, at most ten times a second, and takes it away", async () => {
  const [stream, clock] = [terminal(true), manualClock()];
  const progress = createProgress({ stream, clock });

  progress.show("1 of 3");
  progress.show("2 of 3");
  await clock.advance(100);
  progress.show("3 of 3");
  progress.clear();
  progress.clear();

  expect(stream.written).toEqual(["<1 of 3", "<3 of 3", "<"]);
});

test("createProgress shows the next work at once when the last is done", () => {
  const [stream, clock] = [terminal(true), manualClock()];
  const progress = createProgress({ stream, clock });

  progress.show("Reading");
  progress.clear();
  progress.show("Storing");

  expect(stream.written).toEqual(["<Reading", "<", "<Storing"]);
});

test.each([[false], [undefined]])("createProgress writes nothing into a pipe or a file", (isTTY) => {
  const stream = terminal(isTTY);
  const progress = createProgress({ stream, clock: manualClock() });

  progress.show("1 of 3");
  progress.clear();

  expect(stream.written).toEqual([]);
});
