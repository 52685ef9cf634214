import { REQUEST_CONTENT } from "./operation.ts";

/** A JSON object of unknown shape. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * Makes an honest OpenAPI 3.1 document of what the plugin prints: no `$id`, enums as enums, nullable types as types,
 * coerced integers as integers, parameter examples where 3.1 has them.
 */
export function tidyContract(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidyContract);
  if (!isJson(value)) return value;
  const { $id: _, ...rest } = value;
  const tidied = Object.fromEntries(Object.entries(rest).map(([name, part]) => [name, tidyContract(part)]));
  return tidyParameter(tidyUnion(tidyBody(tidied)));
}

// An operation's own words about its body take the place of the plugin's.
function tidyBody(operation: Json): Json {
  const { [REQUEST_CONTENT]: body, ...rest } = operation;
  return body === undefined ? operation : { ...rest, requestBody: { required: true, content: body } };
}

/** The same value with the names of every object in order, so that the document is the same bytes each time. */
export function sortNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortNames);
  if (!isJson(value)) return value;
  const names = Object.keys(value).sort((one, other) => (one < other ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, sortNames(value[name])]));
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tidyUnion(schema: Json): Json {
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf) || !anyOf.every(isJson)) return schema;
  const branches: readonly Json[] = anyOf;
  if (branches.every((branch) => "const" in branch)) {
    return { type: "string", enum: branches.map((branch) => branch["const"]), ...rest };
  }
  const others = branches.filter((branch) => branch["type"] !== "null");
  const [only] = others;
  if (
    others.length === 1 &&
    branches.length === 2 &&
    only !== undefined &&
    typeof only["type"] === "string"
  ) {
    return { ...only, ...rest, type: [only["type"], "null"] };
  }
  return coercedInteger(branches, rest) ?? schema;
}

// Elysia's integers for paths and queries print as text or integer, since a query is text: the contract says integer.
function coercedInteger(branches: readonly Json[], rest: Json): Json | undefined {
  const integer = branches.find((branch) => branch["type"] === "integer");
  const text = branches.find(
    (branch) => branch["type"] === "string" && /^(integer|numeric)$/.test(String(branch["format"])),
  );
  if (branches.length !== 2 || integer === undefined || text === undefined) return undefined;
  return { ...integer, ...rest };
}

function tidyParameter(value: Json): Json {
  const { examples, ...parameter } = value;
  const { schema } = parameter;
  if (!("in" in value) || !Array.isArray(examples) || !isJson(schema)) return value;
  return { ...parameter, example: examples[0], schema: { ...schema, examples } };
}
