/** Far above what any theme takes. */
const BYTES_MAX = 1024 * 1024;

/** A file that a command was given is not there, or no JSON. */
export class FileUnreadableError extends Error {
  override readonly name = "FileUnreadableError";
  readonly code = "file_unreadable";

  constructor(path: string, why: string, options: { readonly cause?: unknown } = {}) {
    super(`Cannot read ${path} as ${why}`, options);
  }
}

/**
 * The JSON in a file.
 *
 * @throws {FileUnreadableError} Whatever is wrong with it, naming the file.
 */
export async function readJsonFile(path: string): Promise<unknown> {
  const file = Bun.file(path);
  const { size, isFile } = await file.stat().then(
    (stat) => ({ size: stat.size, isFile: stat.isFile() }),
    (cause: unknown) => {
      throw new FileUnreadableError(path, "it cannot be opened", { cause });
    },
  );
  if (!isFile) throw new FileUnreadableError(path, "it is no file");
  if (size > BYTES_MAX) throw new FileUnreadableError(path, `it is larger than ${BYTES_MAX} bytes`);
  try {
    return JSON.parse(await file.text());
  } catch (cause) {
    const why = cause instanceof Error ? `it is no JSON (${cause.message})` : "it is no JSON";
    throw new FileUnreadableError(path, why, { cause });
  }
}
