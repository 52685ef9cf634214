import { expect, test } from "bun:test";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig } from "../../src/config.ts";
import { KeysFileError, keepKeys } from "../../src/local/_keys_file.ts";
import { temporaryFolder } from "../harness/mod.ts";

function openFolder(): { readonly folder: string; readonly path: string } & Disposable {
  const folder = temporaryFolder();
  return {
    folder,
    path: join(folder, "keys.env"),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

test("the keys of a data directory are made once, fit the settings, and are their owner's alone", () => {
  using own = openFolder();
  using other = openFolder();

  const first = keepKeys(own.folder);
  const again = keepKeys(own.folder);
  const others = keepKeys(other.folder);

  expect([again.playerTokenKeys, again.identityKey]).toEqual([first.playerTokenKeys, first.identityKey]);
  expect(others.identityKey).not.toBe(first.identityKey);
  expect(statSync(own.path).mode & 0o777).toBe(0o600);
  const { players } = parseConfig({
    PLAYER_TOKEN_KEYS: first.playerTokenKeys,
    IDENTITY_KEY: first.identityKey,
  });
  expect(players.tokenKeys).toHaveLength(1);
  expect(players.identityKey?.reveal()).toBe(first.identityKey);
});

test("bytes of the demonstration are the same at every start, each purpose's own, and another data directory's none", () => {
  using own = openFolder();
  using other = openFolder();
  const hex = (folder: string, purpose: string) =>
    Buffer.from(keepKeys(folder).demoBytes(purpose, 16)).toString("hex");

  expect(hex(own.folder, "a")).toBe(hex(own.folder, "a"));
  expect(hex(own.folder, "b")).not.toBe(hex(own.folder, "a"));
  expect(hex(other.folder, "a")).not.toBe(hex(own.folder, "a"));
});

test.each(["", "PLAYER_TOKEN_KEYS=k1:short\nIDENTITY_KEY=short\nDEMO_SEED=short\n", "nonsense"])(
  "keys that cannot be used are not made anew: %p",
  (text) => {
    using own = openFolder();
    writeFileSync(own.path, text);

    expect(() => keepKeys(own.folder)).toThrow(KeysFileError);
  },
);

test("keys that cannot be read are not made anew", () => {
  using own = openFolder();
  mkdirSync(own.path);

  expect(() => keepKeys(own.folder)).toThrow(KeysFileError);
});
