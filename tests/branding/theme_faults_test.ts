import { expect, test } from "bun:test";
import fc from "fast-check";
import { createThemeReader, defaultBrand, findThemeFaults } from "../../src/branding/mod.ts";

const whole = defaultBrand("acme");

test("a whole document, a part of one and an empty one have no fault", () => {
  expect(findThemeFaults(whole)).toEqual([]);
  expect(findThemeFaults({ colors: { primary: "#010203" }, social: [] })).toEqual([]);
  expect(findThemeFaults({})).toEqual([]);
});

test("every fault is named at once, each by its path, with what would do", () => {
  const faults = findThemeFaults({
    name: 7,
    colors: { primary: "red", primry: "#ffffff" },
    typography: { fontFamily: "Comic Sans" },
    layout: { radius: 4.5 },
    logo: { url: "http://cdn.example/logo.png" },
    social: [{ network: "x" }, "nobody"],
    features: { cashOut: "yes" },
    betting: null,
    compliance: { countries: ["MT", "Malta"] },
    theme: "dark",
  });

  expect(Object.fromEntries(faults.map(({ path, expected }) => [path, expected]))).toEqual({
    name: "must be a text of at most 120 characters",
    "colors.primary": 'must be a text like "#0b5fff"',
    "colors.primry":
      "is not known here: known are primary, secondary, accent, background, surface, text, textMuted, success, danger",
    "typography.fontFamily":
      'must be one of "system", "inter", "roboto", "lato", "open-sans", "montserrat", "poppins", "oswald", "georgia"',
    "layout.radius": "must be a whole number from 0 to 48",
    "logo.url": 'must be a text like "https://cdn.supersports.test/logo.png", or null',
    "social[0].url": "is missing",
    "social[1]": "must be an object",
    "features.cashOut": "must be true or false",
    betting: "must be an object",
    "compliance.countries[1]": "must be a text that matches ^[A-Z]{2}$",
    theme: expect.stringContaining("is not known here: known are tenant, name"),
  });
});

test("what is no object at all is one fault", () => {
  for (const document of [null, 7, "theme", [], undefined])
    expect(findThemeFaults(document)).toEqual([{ path: "", expected: "must be an object" }]);
});

test("text that Postgres cannot keep is a fault and not a failure of the statement", () => {
  const faults = findThemeFaults({ name: "Ac\u0000me", texts: { welcome: "half \ud83d" } });

  expect(faults.map(({ path }) => path)).toEqual(["name", "texts.welcome"]);
});

test("too many items are a fault of the list", () => {
  const social = Array.from({ length: 21 }, () => ({ network: "x", url: "https://x.com/acme" }));

  expect(findThemeFaults({ social })).toEqual([{ path: "social", expected: "must have at most 20 items" }]);
});

test("who the tenant is and which version this is are not judged, as they are not kept", () => {
  expect(findThemeFaults({ tenant: 7, version: "three" })).toEqual([]);
});

const token = fc.oneof(
  fc.constantFrom("#010203", "red", "https://a.example/x.png", "system", "x", "18+", "MT", "", "\u0000"),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const anyDocument = fc.object({
  key: fc.constantFrom(
    ...Object.keys(whole),
    ...Object.keys(whole.colors),
    "url",
    "network",
    "countries",
    "__proto__",
  ),
  values: [token, fc.array(token, { maxLength: 3 })],
  maxDepth: 3,
});

test("whatever has no fault is read back whole, and whatever the reader would drop has one", () => {
  const readTheme = createThemeReader();

  fc.assert(
    fc.property(anyDocument, (document) => {
      const { faults } = readTheme(document, whole);
      const judged = findThemeFaults(document).map(({ path }) => path);
      const identity = new Set(["tenant", "version"]);
      const dropped = faults.filter((path) => !identity.has(path));
      for (const path of dropped)
        expect(judged.some((named) => named === path || named.startsWith(`${path}[`))).toBe(true);
      if (judged.length === 0) expect(dropped).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
