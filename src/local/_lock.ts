import { Database } from "bun:sqlite";

/**
 * Holds `path` for this process until disposed, or `undefined` when another holds it. The kernel lets go of it however
 * the process ends, so nothing stale can stay behind, as it would with a file that names a process.
 */
export function takeLock(path: string): Disposable | undefined {
  const file = new Database(path, { create: true });
  try {
    file.run("pragma busy_timeout = 0");
    file.run("begin exclusive");
  } catch (error) {
    file.close();
    if ((error as { code?: string }).code?.startsWith("SQLITE_BUSY")) return undefined;
    throw error;
  }
  return { [Symbol.dispose]: () => file.close() };
}
