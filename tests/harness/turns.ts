import { afterAll, beforeAll } from "bun:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeLock } from "../../src/local/_lock.ts";

const PATIENCE_MS = 600_000;

/**
 * To be called at the top of a test file that loads the machine or times it. The suite runs two files at a time: of those that call this
 * only one does, so that none is judged by another's load. A lock of the kernel, gone with its process however that ends.
 */
export function takeTurns(): void {
  let turn: Disposable | undefined;
  beforeAll(async () => {
    const path = join(tmpdir(), `linehold-tests-${process.getuid?.() ?? 0}.turn`);
    turn = takeLock(path);
    while (turn === undefined) {
      await Bun.sleep(100);
      turn = takeLock(path);
    }
  }, PATIENCE_MS);
  afterAll(() => turn?.[Symbol.dispose]());
}
