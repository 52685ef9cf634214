import { expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import fc from "fast-check";
import { createThemeReader, defaultBrand, themeSchema } from "../../src/branding/mod.ts";
import { renderStylesheet } from "../../src/branding/stylesheet.ts";

const readTheme = createThemeReader();
const base = { ...defaultBrand("acme"), name: "Acme", version: 3 };

test("the built-in brand holds to the contract: age mark and help link, and no offer", () => {
  expect(Value.Check(themeSchema, defaultBrand("acme"))).toBe(true);
  expect(base.compliance).toMatchObject({ ageMark: "18+", licenceNumber: null });
  expect(base.compliance.helpUrl).toStartWith("https://");
  expect(Object.values(base.features)).not.toContain(true);
  expect(base.betting.maxStakeMinor).toBe(0);
});

test("a whole document is taken as it is, but for what is not its to say", () => {
  const document = {
    ...defaultBrand("beta"),
    name: "Acme Bets",
    version: 99,
    colors: { ...base.colors, primary: "#0B5FFF80" },
    social: [{ network: "x" as const, url: "https://x.com/acme" }],
  };

  const { theme, faults } = readTheme(document, base);

  expect(faults).toEqual([]);
  expect(theme).toEqual({ ...document, tenant: "acme", version: 3 });
});

test("a part of a document leaves the rest as the base has it", () => {
  const { theme, faults } = readTheme({ colors: { primary: "#010203" }, texts: { welcome: "Hi" } }, base);

  expect(faults).toEqual([]);
  expect(theme).toEqual({
    ...base,
    colors: { ...base.colors, primary: "#010203" },
    texts: { ...base.texts, welcome: "Hi" },
  });
});

test.each([
  ["a colour that is none", { colors: { primary: "red;}" } }, "colors.primary"],
  ["a colour that fetches", { colors: { accent: "url(https://x)" } }, "colors.accent"],
  ["a font nobody knows", { typography: { fontFamily: "Comic Sans" } }, "typography.fontFamily"],
  ["a radius out of range", { layout: { radius: 1e9 } }, "layout.radius"],
  ["a radius that is text", { layout: { radius: "8px" } }, "layout.radius"],
  ["a link that runs", { bannerUrl: "javascript:alert(1)" }, "bannerUrl"],
  ["a link without TLS", { bannerUrl: "http://cdn.example/x.png" }, "bannerUrl"],
  ["a link that ends a string", { logo: { url: 'https://cdn.example/x.png");}' } }, "logo.url"],
  ["a link with a sign-in", { faviconUrl: "https://user:pass@cdn.example/x.png" }, "faviconUrl"],
  ["no age mark", { compliance: { ageMark: "" } }, "compliance.ageMark"],
  ["no help link", { compliance: { helpUrl: null } }, "compliance.helpUrl"],
  ["a list in place of a group", { colors: ["#ffffff"] }, "colors"],
  ["a group in place of a list", { social: {} }, "social"],
  ["null in place of a group", { betting: null }, "betting"],
])("%s stays as the base has it, and is named", (_what, document, path) => {
  const { theme, faults } = readTheme(document, base);

  expect(faults).toEqual([path]);
  expect(theme).toEqual(base);
});

test("a document that is no group at all leaves the whole base", () => {
  for (const document of [null, undefined, 5, "theme", [], true]) {
    expect(readTheme(document, base).theme).toEqual(base);
  }
});

test("of a list, what is valid is kept and cleaned, up to its length", () => {
  const valid = { network: "x" as const, url: "https://x.com/acme" };
  const social = [valid, { network: "x", url: "javascript:1" }, { ...valid, onclick: "alert(1)" }];

  const { theme, faults } = readTheme({ social }, base);

  expect(theme.social).toEqual([valid, valid]);
  expect(faults).toEqual(["social"]);
  expect(readTheme({ social: Array.from({ length: 30 }, () => valid) }, base).theme.social).toHaveLength(20);
});

test("names that objects inherit are not tokens", () => {
  const document = JSON.parse(
    '{"__proto__":{"name":"evil"},"constructor":{"name":"evil"},"colors":{"toString":"#ffffff"}}',
  );

  expect(readTheme(document, base).theme).toEqual(base);
});

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "#fff;}",
    "#ffffff}body{display:none",
    "</style><script>",
    "url(javascript:1)",
    "var(--x)",
    "expression(1)",
    "@import 'x'",
    "\\0022",
    "/*",
    "#FFFFFF\n}",
    "inter; background:url(x)",
  ),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);

/** Documents of the theme's own shape, with anything at all in each place. */
const documents = fc.record(
  {
    name: nasty,
    colors: fc.dictionary(fc.constantFrom(...Object.keys(base.colors), "extra"), nasty),
    typography: fc.dictionary(fc.constantFrom("fontFamily", "headingFamily", "scale"), nasty),
    layout: fc.dictionary(fc.constantFrom("style", "buttons", "cards", "radius"), nasty),
    social: fc.array(fc.record({ network: nasty, url: nasty }), { maxLength: 3 }),
    compliance: fc.dictionary(fc.constantFrom("ageMark", "helpUrl", "countries"), nasty),
  },
  { requiredKeys: [] },
);

test("whatever a tenant saves, what is served holds to the contract", () => {
  fc.assert(
    fc.property(fc.oneof(documents, fc.jsonValue()), (document) => {
      const { theme } = readTheme(document, base);
      expect(Value.Check(themeSchema, theme)).toBe(true);
      expect(theme.tenant).toBe("acme");
    }),
    { numRuns: 150 },
  );
});

const DECLARATION = /^ {2}--[a-z-]+: (#[0-9a-fA-F]{6,8}|[0-9.]+(px)?|var\(--radius\)|[A-Za-z", -]+);$/;

test("whatever a tenant saves, the stylesheet is the same custom properties and nothing else", () => {
  const names = (css: string) => [...css.matchAll(/^ {2}(--[a-z-]+):/gm)].map(([, name]) => name);
  const expected = names(renderStylesheet(base));
  fc.assert(
    fc.property(documents, (document) => {
      const css = renderStylesheet(readTheme(document, base).theme);
      const lines = css.split("\n");
      expect([lines[0], lines.at(-2), lines.at(-1)]).toEqual([":root {", "}", ""]);
      for (const line of lines.slice(1, -2)) expect(line).toMatch(DECLARATION);
      expect(names(css)).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});
