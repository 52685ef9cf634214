import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** The compiler over some files of a tree and all that they import, one of which may be changed at a time. */
export interface Compiler {
  /** A file as it is on the disk. */
  read(file: string): { readonly tree: ts.SourceFile; readonly checker: ts.TypeChecker };
  /** What the compiler says of a file if this were its text, in one line; `undefined` if it takes it. */
  refuses(file: string, text: string): string | undefined;
}

/**
 * Opens the compiler with a tree's own settings, save that unused names and unreachable code are let pass: a mutant that leaves
 * something unused is for the tests to find.
 *
 * @param files Paths from the root.
 */
export function openCompiler(root: string, files: readonly string[]): Compiler {
  const settings = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...settings.config, files, include: [] }, ts.sys, root);
  const versions = new Map<string, { readonly version: number; readonly text: string }>();
  const service = ts.createLanguageService({
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    readDirectory: ts.sys.readDirectory,
    getCompilationSettings: () => ({
      ...options,
      // What grades and pays uses nothing of the runtime's own, whose types take longer than all the rest.
      types: [],
      noUnusedLocals: false,
      noUnusedParameters: false,
      allowUnreachableCode: true,
    }),
    getScriptFileNames: () => files.map((file) => join(root, file)),
    getScriptVersion: (path) => `${versions.get(path)?.version ?? 0}`,
    getScriptSnapshot: (path) => {
      const text = versions.get(path)?.text ?? ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  });
  const put = (file: string, text: string) => {
    const path = join(root, file);
    versions.set(path, { version: (versions.get(path)?.version ?? 0) + 1, text });
    return path;
  };
  return {
    read(file) {
      const program = service.getProgram();
      const tree = program?.getSourceFile(join(root, file));
      if (program === undefined || tree === undefined)
        throw new RangeError(`Cannot read ${file}: it is not in ${root}`);
      return { tree, checker: program.getTypeChecker() };
    },
    refuses(file, text) {
      const path = put(file, text);
      const [first] = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)];
      put(file, readFileSync(path, "utf8"));
      return first === undefined
        ? undefined
        : `TS${first.code}: ${ts.flattenDiagnosticMessageText(first.messageText, " ")}`;
    },
  };
}
