import { expect, test } from "bun:test";
import { mergeOutput, readLines } from "../../src/local/merged_output.ts";

const LINE = JSON.stringify({
  time: "2025-09-19T12:00:00.250Z",
  level: "warn",
  process: "web",
  event: "branding.stale_served",
  message: "Serving stale cache for acme",
  tenant: "acme",
  age_ms: 12,
});

function merge(readable: boolean): { lines: string[]; output: ReturnType<typeof mergeOutput> } {
  const lines: string[] = [];
  const now = () => new Date("2025-09-19T12:00:01Z");
  return { lines, output: mergeOutput({ readable, now, write: (text) => lines.push(text) }) };
}

test("mergeOutput keeps JSON lines as they are in a pipe", () => {
  const { lines, output } = merge(false);

  output.line("web", LINE);

  expect(lines).toEqual([`${LINE}\n`]);
});

test("mergeOutput labels what is not JSON, and what claims to be another process", () => {
  const { lines, output } = merge(false);

  output.line("worker_odds", "error: out of paper", "warn");
  output.line("worker_odds", '{"message":"hello","process":"web"}');
  output.line("worker_odds", "  ");

  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      time: "2025-09-19T12:00:01.000Z",
      level: "warn",
      process: "worker_odds",
      event: "process.printed",
      message: "error: out of paper",
    },
    { message: "hello", process: "worker_odds" },
  ]);
});

test("mergeOutput shows a person the time, the process and the sentence", () => {
  const { lines, output } = merge(true);

  output.line("web", LINE);

  expect(lines).toEqual([
    "12:00:00.250  web                warn: Serving stale cache for acme  tenant=acme  age_ms=12\n",
  ]);
});

test("readLines joins what arrives in pieces, and keeps a last line without its end", async () => {
  const bytes = new TextEncoder().encode("one\ntwo\n\u00e4hnlich");
  const pieces = [bytes.slice(0, 6), bytes.slice(6, 9), bytes.slice(9)]; // "tw|o", and between the two bytes of the letter
  const lines: string[] = [];
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });

  await readLines(stream, (line) => lines.push(line));

  expect(lines).toEqual(["one", "two", "ähnlich"]);
});
