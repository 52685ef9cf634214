/** The environment, a setting at a time: what each is read as, and what is wrong with it. */

/** A value that prints as `***` wherever it is logged, and gives itself up only to `reveal()`. */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

/** A secret that cannot be printed by accident. */
export function secret(value: string): Secret {
  return Object.freeze({ reveal: () => value, toString: () => "***", toJSON: () => "***" });
}

export type Environment = Readonly<Record<string, string | undefined>>;
export type Reader = ReturnType<typeof readerOf>;

interface Range {
  readonly fallback: number;
  readonly from: number;
  readonly to: number;
}

/** Reads one setting each, collecting faults instead of throwing. A fault never repeats a value that may be a secret. */
export function readerOf(env: Environment) {
  const faults: string[] = [];
  const given = (name: string) => {
    const value = env[name]?.trim();
    return value === "" ? undefined : value;
  };
  const number = (name: string, { fallback, from, to }: Range, unit: string): number => {
    const value = given(name);
    if (value === undefined) return fallback;
    const parsed = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (parsed >= from && parsed <= to) return parsed;
    faults.push(`${name} must be ${unit} from ${from} to ${to}: it is "${value}"`);
    return fallback;
  };
  const url = (name: string, protocols: readonly string[]): string | undefined => {
    const value = given(name);
    if (value === undefined) return undefined;
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (parsed !== undefined && protocols.includes(parsed.protocol) && parsed.hostname !== "") return value;
    faults.push(
      `${name} must be a ${protocols.map((protocol) => `${protocol}//`).join(" or ")} URL with a host`,
    );
    return undefined;
  };
  return {
    faults,
    text: (name: string, fallback: string) => given(name) ?? fallback,
    path: (name: string) => given(name),
    integer(name: string, range: Range): number {
      const value = number(name, range, "a whole number");
      if (Number.isInteger(value)) return value;
      faults.push(`${name} must be a whole number: it is "${given(name)}"`);
      return range.fallback;
    },
    seconds: (name: string, range: Range) => number(name, range, "seconds") * 1000,
    secret(name: string): Secret | undefined {
      const value = given(name);
      return value === undefined ? undefined : secret(value);
    },
    key(name: string): Secret | undefined {
      const value = given(name);
      if (value === undefined) return undefined;
      if (isKey(value)) return secret(value);
      faults.push(`${name} must be at least 32 bytes in base64: openssl rand -base64 32`);
      return undefined;
    },
    namedKeys(name: string): readonly { readonly kid: string; readonly secret: Secret }[] | undefined {
      const value = given(name);
      if (value === undefined) return undefined;
      const keys = value.split(",").map((part) => {
        const [, kid, key] = /^\s*([A-Za-z0-9_-]{1,32}):(\S+)\s*$/.exec(part) ?? [];
        return kid !== undefined && key !== undefined && isKey(key)
          ? { kid, secret: secret(key) }
          : undefined;
      });
      const whole = keys.filter((key) => key !== undefined);
      if (whole.length === keys.length && new Set(whole.map(({ kid }) => kid)).size === keys.length)
        return whole;
      faults.push(
        `${name} must list name:key with commas, each name once and each key at least 32 bytes in base64: k1:$(openssl rand -base64 32)`,
      );
      return undefined;
    },
    databaseUrl(name: string): Secret | undefined {
      const value = url(name, ["postgres:", "postgresql:"]);
      return value === undefined ? undefined : secret(value);
    },
    webUrl: (name: string) => url(name, ["https:", "http:"]),
    domain(name: string): string | undefined {
      const value = given(name)?.toLowerCase();
      if (
        value === undefined ||
        /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(value)
      )
        return value;
      faults.push(`${name} must be a host name without a port: it is "${value}"`);
      return undefined;
    },
    headerName(name: string): string | undefined {
      const value = given(name)?.toLowerCase();
      if (value === undefined || /^[a-z0-9-]{1,60}$/.test(value)) return value;
      faults.push(`${name} must be the name of a header: it is "${value}"`);
      return undefined;
    },
    oneOf<const T extends string>(name: string, allowed: readonly T[], fallback: T): T {
      const value = given(name);
      const known = allowed.find((candidate) => candidate === value);
      if (value !== undefined && known === undefined)
        faults.push(`${name} must be one of ${allowed.join(", ")}: it is "${value}"`);
      return known ?? fallback;
    },
    list<const T extends string>(name: string, allowed: readonly T[], fallback: readonly T[]): readonly T[] {
      const value = given(name);
      if (value === undefined) return fallback;
      const words = value.split(",").map((word) => word.trim());
      const strange = words.filter((word) => !allowed.some((candidate) => candidate === word));
      if (strange.length > 0)
        faults.push(`${name} must list ${allowed.join(", ")}: it holds "${strange.join('", "')}"`);
      return allowed.filter((candidate) => words.includes(candidate));
    },
    words: (name: string, fallback: readonly string[]) =>
      given(name)
        ?.split(",")
        .map((word) => word.trim())
        .filter((word) => word !== "") ?? fallback,
  };
}

/** RFC 4648 base64, of either alphabet, of 32 bytes or more. */
function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/_-]{43,512}={0,2}$/.test(text);
}
