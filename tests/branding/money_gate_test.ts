import { expect, test } from "bun:test";
import {
  InvalidCountryError,
  type MoneyMode,
  MoneyUncheckedError,
  openMoneyGate,
  readTerms,
  TenantNotLicensedError,
} from "../../src/branding/mod.ts";
import { arrangeTenant, changeBrand } from "../app/tenants.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";

const COMPLIANCE = { licenceNumber: "MGA/1", regulator: "MGA", countries: ["MT", "IE"] };

async function askedOf(
  database: TestDatabase,
  {
    tenantId,
    country,
    mode = "live",
    isChecked = true,
  }: { tenantId: string; country: string | null; mode?: MoneyMode; isChecked?: boolean },
) {
  const gate = openMoneyGate({ mode, isChecked: () => isChecked });
  await using lease = await database.pool("linehold_web", { max: 1 }).lease({ access: "write", tenantId });
  return await gate.assertOpen(lease.connection, { tenantId, country }).catch((error: unknown) => error);
}

test("live, money is taken for a brand with a licence from the countries it names, as it stands in the transaction", async () => {
  await using database = await openDatabase();
  const tenantId = await arrangeTenant(database, { slug: "acme", document: { compliance: COMPLIANCE } });

  expect(await askedOf(database, { tenantId, country: "IE" })).toBeUndefined();
  expect(await askedOf(database, { tenantId, country: "DE" })).toBeInstanceOf(InvalidCountryError);
  expect(await askedOf(database, { tenantId, country: null })).toBeInstanceOf(InvalidCountryError);
  await changeBrand(database, tenantId, { compliance: { ...COMPLIANCE, licenceNumber: null } });
  expect(await askedOf(database, { tenantId, country: "IE" })).toMatchObject({ lacks: ["licenceNumber"] });
});

test("live, a brand that is saved nowhere, or only in part, or as something else, takes none", async () => {
  await using database = await openDatabase();
  for (const [index, document] of [
    undefined,
    {},
    { compliance: { ...COMPLIANCE, countries: "MT" } },
    { compliance: { ...COMPLIANCE, regulator: "" } },
    { compliance: "all of it" },
  ].entries()) {
    const tenantId = await arrangeTenant(database, { slug: `brand-${index}`, document });
    expect(await askedOf(database, { tenantId, country: "MT" })).toBeInstanceOf(TenantNotLicensedError);
  }
});

test("live, none is taken before somebody could look, and in demo nothing is asked", async () => {
  await using database = await openDatabase();
  const licensed = await arrangeTenant(database, { slug: "acme", document: { compliance: COMPLIANCE } });
  const bare = await arrangeTenant(database, { slug: "bare" });

  expect(await askedOf(database, { tenantId: licensed, country: "MT", isChecked: false })).toBeInstanceOf(
    MoneyUncheckedError,
  );
  expect(
    await askedOf(database, { tenantId: bare, country: null, mode: "demo", isChecked: false }),
  ).toBeUndefined();
});

test("a tenant's terms are those it saved, and the built-in ones where it saved none", async () => {
  await using database = await openDatabase();
  const document = { betting: { currency: "SEK" }, compliance: { ...COMPLIANCE, ageMark: "21+" } };
  const acme = await arrangeTenant(database, { slug: "acme", document });
  const bare = await arrangeTenant(database, { slug: "bare", document: { betting: { currency: 7 } } });
  await using lease = await database.pool("linehold_web", { max: 1 }).lease();

  expect(await readTerms(lease.connection, acme)).toMatchObject({ currency: "SEK", ageMin: 21 });
  expect(await readTerms(lease.connection, bare)).toMatchObject({ currency: "EUR", ageMin: 18 });
});
