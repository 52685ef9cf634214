import { readFileSync } from "node:fs";
import { join } from "node:path";

export const OPENAPI_FOLDER = join(import.meta.dir, "../../openapi");

export interface Operation {
  readonly method: string;
  /** As in `/{tenant}/api/public/sports`. */
  readonly path: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly degradation: string;
  /** By which scheme the caller says who asks; nobody has to when there is none. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly example?: unknown }>>;
  };
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly example?: unknown;
  }[];
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

export interface DocumentedResponse {
  readonly description?: string;
  readonly content?: Readonly<
    Record<string, { readonly schema?: { readonly $ref?: string }; readonly example?: unknown }>
  >;
}

type Paths = Readonly<
  Record<
    string,
    Readonly<
      Record<
        string,
        Omit<Operation, "method" | "path" | "degradation"> & { readonly "x-degradation": string }
      >
    >
  >
>;

/** Every operation of the published contract. */
export function publishedOperations(): Operation[] {
  const document = JSON.parse(readFileSync(join(OPENAPI_FOLDER, "openapi.json"), "utf8")) as {
    readonly paths: Paths;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      degradation: operation["x-degradation"],
      parameters: operation.parameters ?? [],
    })),
  );
}

/** The name of the scheme by which the operation's caller is known; `undefined` where anybody may ask. */
export function callerOf({ security }: Operation): string | undefined {
  return Object.keys(security?.[0] ?? {})[0];
}

/** The status of the operation's one success. */
export function successOf({ responses }: Operation): number {
  return Number(Object.keys(responses).find((status) => status.startsWith("2")));
}

/** The operation's path with these values in place of its parameters, those of the query that it cannot do without among them. */
export function fillPath({ path, parameters }: Operation, values: Readonly<Record<string, string>>): string {
  const given = (name: string) =>
    values[name] ?? String(parameters.find((parameter) => parameter.name === name)?.example);
  const query = parameters
    .filter((parameter) => parameter.in === "query" && parameter.required === true)
    .map(({ name }) => `${name}=${encodeURIComponent(given(name))}`);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => given(name));
  return query.length === 0 ? filled : `${filled}?${query.join("&")}`;
}
