import type { FlyFile } from "./fly_context.ts";
import { type Finding, type Table, tableAt } from "./fly_document.ts";

/** The settings that answered the incident, word for word. */
const PROMISED: Readonly<Record<string, string>> = {
  DB_MAX_CONN: "30",
  DB_MIN_CONN: "5",
  DB_CONN_TIMEOUT: "5",
  DB_IDLE_TIMEOUT: "60",
};

/** `[env]` holds what the processes read, nothing that should be a secret, and the four settings of the pool. */
export function settingFindings(file: FlyFile): readonly Finding[] {
  const env = tableAt(file.document, "env");
  return [...unread(env, file), ...secretsIn(env, file), ...promised(env)];
}

function unread(env: Table, { context }: FlyFile): Finding[] {
  return Object.keys(env)
    .filter((name) => !context.settings.has(name))
    .map((name) => ({ rule: "env_unread", path: `env.${name}`, message: "no process reads this setting" }));
}

function secretsIn(env: Table, { context }: FlyFile): Finding[] {
  return Object.entries(env)
    .filter(([name, value]) => context.secrets.has(name) || looksSecret(name, String(value)))
    .map(([name]) => ({ rule: "secret_in_env", path: `env.${name}`, message: "belongs in fly secrets" }));
}

/** By its name, by credentials in a URL, or by twenty letters and digits that spell nothing. */
export function looksSecret(name: string, value: string): boolean {
  if (/SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|(^|_)KEY($|_)/i.test(name)) return true;
  if (/:\/\/[^/\s]*:[^/\s]*@/.test(value)) return true;
  return /^(?=.*\d)(?=.*[a-z])[A-Za-z0-9+/_=-]{20,}$/.test(value);
}

function promised(env: Table): Finding[] {
  return Object.entries(PROMISED)
    .filter(([name, value]) => env[name] !== value)
    .map(([name, value]) => ({
      rule: "env_promised",
      path: `env.${name}`,
      message: `must be ${value}: it is ${env[name]}`,
    }));
}
