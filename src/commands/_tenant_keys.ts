import { randomBytes } from "node:crypto";
import {
  createOperatorKey,
  listOperatorKeys,
  type OperatorKey,
  revokeOperatorKey,
} from "../operators/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import { EXIT, type Subcommand, subcommand, UsageError } from "./_command_line.ts";
import { plain, requiredFlag, say } from "./_words.ts";

export interface TenantKeysDeps {
  readonly help: string;
  /** The tenant's id by its slug. */
  readonly find: (pool: Pool, slug: string) => Promise<{ readonly tenantId: string }>;
  readonly withPool: <T>(work: (pool: Pool) => Promise<T>) => Promise<T>;
  readonly now: () => Date;
}

const BY = "bun run tenant key";
const DAY_MS = 86_400_000;
const text = { type: "string" } as const;
const json = { type: "boolean" } as const;

interface Given {
  readonly slug?: string | undefined;
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly days?: string | undefined;
  readonly json?: boolean | undefined;
}

/** `bun run tenant key create|list|revoke`. */
export function tenantKeyCommand({ help, find, withPool, now }: TenantKeysDeps): Subcommand {
  const named = { name: "tenant", help };
  const inTenant = <T>(slug: string, work: (connection: Connection, tenantId: string) => Promise<T>) =>
    withPool(async (pool) => {
      const { tenantId } = await find(pool, slug);
      await using lease = await pool.lease({ access: "write", tenantId });
      const result = await work(lease.connection, tenantId);
      await lease.commit();
      return result;
    });

  const create = async (given: Given): Promise<number> => {
    const slug = requiredFlag(given.slug, "--slug SLUG");
    const name = nameOf(given.name);
    const expiresAt = expiryOf(given.days, now());
    const made = await inTenant(slug, (connection, tenantId) =>
      createOperatorKey(connection, {
        ...{ tenantId, name, at: now(), by: BY, randomBytes },
        ...(expiresAt === undefined ? {} : { expiresAt }),
      }),
    );
    const { keyId, text: key } = made;
    const until = expiresAt === undefined ? "" : `, good until ${expiresAt.toISOString()}`;
    const words = [key, `Made key ${keyId} of ${slug} for ${plain(name)}${until}. It is not shown again.`];
    say(given.json, { slug, keyId, name, key, expiresAt: expiresAt ?? null }, words.join("\n"));
    return EXIT.done;
  };

  const list = async (given: Given): Promise<number> => {
    const slug = requiredFlag(given.slug, "--slug SLUG");
    const keys = await inTenant(slug, listOperatorKeys);
    const none = `No key yet: bun run tenant key create --slug ${slug}`;
    say(given.json, keys, keys.length > 0 ? keys.map((key) => lineOf(key, now())).join("\n") : none);
    return EXIT.done;
  };

  const revoke = async (given: Given): Promise<number> => {
    const slug = requiredFlag(given.slug, "--slug SLUG");
    if ((given.name === undefined) === (given.id === undefined))
      throw new UsageError("Say which key, either by --name or by --id");
    const which = given.id === undefined ? { name: nameOf(given.name) } : { keyId: given.id };
    const revoked = await inTenant(slug, (connection, tenantId) =>
      revokeOperatorKey(connection, { tenantId, which, at: now(), by: BY }),
    );
    say(given.json, revoked, `Revoked key ${revoked.keyId} of ${slug}: nothing more is done with it`);
    return EXIT.done;
  };

  const verbs = [
    subcommand("create", { ...named, options: { slug: text, name: text, days: text, json }, run: create }),
    subcommand("list", { ...named, options: { slug: text, json }, run: list }),
    subcommand("revoke", { ...named, options: { slug: text, name: text, id: text, json }, run: revoke }),
  ];
  return {
    verb: "key",
    async exitCodeOf([first, ...words]) {
      if (first === "--help" || first === "-h") {
        process.stdout.write(`${help.trim()}\n`);
        return EXIT.done;
      }
      const chosen = verbs.find(({ verb }) => verb === first);
      if (chosen !== undefined) return chosen.exitCodeOf(words);
      process.stderr.write(`Say what to do with keys: create, list, revoke\nTry: bun run tenant --help\n`);
      return EXIT.usage;
    },
  };
}

function nameOf(given: string | undefined): string {
  const name = requiredFlag(given, "--name NAME").trim();
  if (name.length > 120) throw new UsageError("--name must be at most 120 characters");
  return name;
}

function expiryOf(days: string | undefined, at: Date): Date | undefined {
  if (days === undefined) return undefined;
  const count = /^\d{1,5}$/.test(days) ? Number(days) : 0;
  if (count < 1) throw new UsageError(`--days must be a whole number from 1: it is "${days}"`);
  return new Date(at.getTime() + count * DAY_MS);
}

function lineOf({ keyId, name, createdAt, expiresAt, revokedAt }: OperatorKey, at: Date): string {
  const expired = expiresAt !== null && expiresAt <= at ? "expired" : "in use";
  const state = revokedAt === null ? expired : `revoked ${revokedAt.toISOString()}`;
  const until = expiresAt === null ? "" : `  until ${expiresAt.toISOString()}`;
  return `${keyId}  ${state}  ${plain(name)}  made ${createdAt.toISOString()}${until}`;
}
