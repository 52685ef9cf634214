import { expect, setDefaultTimeout, test } from "bun:test";
import { openDesk } from "../operators/desk.ts";
import { changeBrand } from "./tenants.ts";

setDefaultTimeout(60_000);

const COMPLIANCE = { licenceNumber: "MGA/B2C/000/2026", regulator: "MGA", countries: ["MT"] };

test("live, a deposit is refused before the brands were looked at, without a licence and from elsewhere, and nothing is posted", async () => {
  let isChecked = false;
  await using desk = await openDesk({ money: "live", isMoneyChecked: () => isChecked });
  const { database } = desk.stage;
  const here = await desk.player();
  const abroad = await desk.player({ country: "DE" });
  const deposit = async ({ playerId }: { playerId: string }) => {
    const { status, body, headers } = await desk.post(`/players/${playerId}/deposits`, {
      amountMinor: 100,
      currency: "EUR",
    });
    return [status, body.code ?? body.kind, headers.get("retry-after")];
  };

  expect(await deposit(here)).toEqual([503, "money_unchecked", "5"]);
  isChecked = true;
  expect(await deposit(here)).toEqual([403, "tenant_not_licensed", null]);
  await database.owner(
    "insert into branding (tenant_id, version, document, updated_at) values ($1, 1, $2::jsonb, now())",
    [desk.tenantId, JSON.stringify({ compliance: COMPLIANCE })],
  );
  expect(await deposit(abroad)).toEqual([403, "invalid_country", null]);
  expect(await database.owner("select count(*) as count from transfers")).toEqual([{ count: 0n }]);
  expect(await deposit(here)).toEqual([201, "deposit", null]);
  await changeBrand(database, desk.tenantId, { compliance: { ...COMPLIANCE, regulator: null } });
  expect(await deposit(here)).toEqual([403, "tenant_not_licensed", null]);
});
