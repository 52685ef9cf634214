import { describe, expect, test } from "bun:test";
import { durationMs, type Finding, parseFly, sizeMb, type Table } from "./fly_document.ts";
import { GROUP_MUTANTS } from "./fly_mutants_groups.ts";
import { RELEASE_MUTANTS } from "./fly_mutants_release.ts";
import { TRAFFIC_MUTANTS } from "./fly_mutants_traffic.ts";
import { flyFindings } from "./fly_rules.ts";
import { sectionsOfGroups } from "./fly_rules_groups.ts";
import { looksSecret } from "./fly_rules_settings.ts";
import { fileText, flyContext } from "./repository.ts";

const text = fileText("fly.toml");
const context = flyContext();
const findingsOf = (document: Table) => flyFindings(document, context);
const rulesOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ rule }) => rule))].sort();

describe("fly.toml", () => {
  test("has nothing that a rule refuses", () => {
    expect(findingsOf(parseFly(text))).toEqual([]);
  });

  for (const { name, rules, change } of [...GROUP_MUTANTS, ...TRAFFIC_MUTANTS, ...RELEASE_MUTANTS]) {
    test(`is refused, by the rule meant for it, with ${name}`, () => {
      const changed = change(text);
      expect(changed).not.toBe(text);

      const found = findingsOf(parseFly(changed));

      expect(rulesOf(found)).toEqual([...rules].sort());
    });
  }

  test("is refused with any one section that no longer names its processes", () => {
    const sections = sectionsOfGroups(parseFly(text));
    expect(sections.length).toBeGreaterThan(8);

    for (const index of sections.keys()) {
      const document = structuredClone(parseFly(text));
      const section = sectionsOfGroups(document)[index];
      Reflect.deleteProperty(section?.table ?? {}, "processes");

      expect([section?.path, rulesOf(findingsOf(document))]).toEqual([
        section?.path,
        expect.arrayContaining(["processes_named"]),
      ]);
    }
  });

  test("is refused with any one key misspelt", () => {
    const keys = [...text.matchAll(/^([a-z_]+) = /gm)];
    expect(keys.length).toBeGreaterThan(40);

    for (const { index, 1: key = "" } of keys) {
      const misspelt = `${text.slice(0, index)}${key}x${text.slice(index + key.length)}`;
      // In [processes] the keys are the groups' own names, and a strange one is a strange group.
      const rules = rulesOf(findingsOf(parseFly(misspelt)));

      expect([key, rules.includes("unknown_key") || rules.includes("groups")]).toEqual([key, true]);
    }
  });
});

describe("The reading of fly.toml", () => {
  test("takes durations as Go writes them, and refuses the rest", () => {
    expect(["1m30s", "500ms", "2h", 15].map((value) => durationMs(value))).toEqual([
      90_000, 500, 7_200_000, 15,
    ]);
    expect(["", "10", "5 s", "s", "-1s", -1, true].map((value) => durationMs(value))).toEqual(
      Array(7).fill(undefined),
    );
    expect(durationMs(30, 1000)).toBe(30_000);
  });

  test("takes sizes in megabytes and gigabytes, and refuses the rest", () => {
    expect(["512mb", "1gb", 256].map(sizeMb)).toEqual([512, 1024, 256]);
    expect(["1", "gb", "1tb", null].map(sizeMb)).toEqual(Array(4).fill(undefined));
  });

  test("knows a secret by its name, by credentials in a URL and by a long string that spells nothing", () => {
    expect(looksSecret("OPS_TOKEN", "x")).toBe(true);
    expect(looksSecret("UPSTREAM", "https://user:word@example.org")).toBe(true);
    expect(looksSecret("PLAIN", "c29tZXRoaW5nIHNlY3JldDE")).toBe(true);
    expect(looksSecret("GOALSERVE_URL", "https://feeds.example.org/odds")).toBe(false);
    expect(looksSecret("DB_MAX_CONN", "30")).toBe(false);
  });
});
