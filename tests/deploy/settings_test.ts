import { expect, test } from "bun:test";
import { parseConfig } from "../../src/config.ts";
import { fileText, secretSettings, settingsRead } from "./repository.ts";

const settings = [...settingsRead()].sort();
const defaults = JSON.stringify(parseConfig({}));

/** `NAME=value` lines of .env.example; those commented out have no default, and their value is an example. */
function exampleLines(): readonly { name: string; value: string; commented: boolean }[] {
  const lines = fileText(".env.example").matchAll(/^(#?)([A-Z][A-Z_]+)=(.*)$/gm);
  return [...lines].map(([, mark, name = "", value = ""]) => ({ name, value, commented: mark === "#" }));
}

/** Rows of the README's table of settings: a name and a default in code marks, or no default. */
function tableRows(): readonly { name: string; value: string | undefined }[] {
  const [, section = ""] = /\n## Settings\n(.*?)\n## /s.exec(fileText("README.md")) ?? [];
  const rows = section.matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]*)`|none) \|/gm);
  return [...rows].map(([, name = "", value]) => ({ name, value }));
}

test(".env.example names every setting that the processes read, once, and no other", () => {
  expect(
    exampleLines()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(settings);
});

test("the README's table names every setting that the processes read, once, and no other", () => {
  expect(
    tableRows()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(settings);
});

test(".env.example gives the values that are in force without it", () => {
  for (const { name, value, commented } of exampleLines()) {
    if (commented) continue;
    expect([name, JSON.stringify(parseConfig({ [name]: value }))]).toEqual([name, defaults]);
  }
});

test("the README's table gives the values that are in force without a setting", () => {
  for (const { name, value } of tableRows()) {
    if (value === undefined) continue;
    expect([name, JSON.stringify(parseConfig({ [name]: value }))]).toEqual([name, defaults]);
  }
});

test("a setting that has a default is not shown as having none", () => {
  const shown = new Set(
    exampleLines()
      .filter(({ commented }) => !commented)
      .map(({ name }) => name),
  );
  const inTable = new Set(
    tableRows()
      .filter(({ value }) => value !== undefined)
      .map(({ name }) => name),
  );

  expect([...inTable].sort()).toEqual([...shown].sort());
});

test(".env.example holds no secret", () => {
  const given = exampleLines().filter(({ name, commented }) => !commented && secretSettings().has(name));

  expect(given).toEqual([]);
  expect([...secretSettings()].sort()).toEqual([
    "DATABASE_URL",
    "DIRECT_DATABASE_URL",
    "GOALSERVE_KEY",
    "IDENTITY_KEY",
    "LISTEN_DATABASE_URL",
    "OPS_TOKEN",
    "PLAYER_TOKEN_KEYS",
    "THE_ODDS_API_KEY",
    "WEB_DATABASE_URL",
    "WORKER_ODDS_DATABASE_URL",
    "WORKER_SETTLEMENT_DATABASE_URL",
  ]);
});
