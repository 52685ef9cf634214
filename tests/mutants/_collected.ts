/**
 * What stands in for `bun:test` in the files of a trial: tests are collected instead of run, so that one process can run those of many
 * mutants. What is expected is the real thing.
 */
export { expect } from "bun:test";

type Work = (...values: readonly unknown[]) => unknown;

let collected: (() => unknown)[] = [];

/** The tests since the last time, in their order. */
export function takeTests(): readonly (() => unknown)[] {
  const taken = collected;
  collected = [];
  return taken;
}

function each(rows: readonly unknown[]) {
  return (_name: string, work: Work) => {
    for (const row of rows) collected.push(() => (Array.isArray(row) ? work(...row) : work(row)));
  };
}

function eachNow(rows: readonly unknown[]) {
  return (_name: string, body: Work) => {
    for (const row of rows) Array.isArray(row) ? body(...row) : body(row);
  };
}

function add(_name: string, work: () => unknown): void {
  collected.push(work);
}

const skip = Object.assign(() => undefined, { each: () => () => undefined });

export const test = Object.assign(add, {
  each,
  skipIf: (isSkipped: boolean) => (isSkipped ? skip : test),
}) as typeof add & {
  readonly each: typeof each;
  readonly skipIf: (isSkipped: boolean) => unknown;
};

export const describe = Object.assign((_name: string, body: () => void) => body(), { each: eachNow });

export function setDefaultTimeout(): void {}
