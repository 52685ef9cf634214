import type { Connection } from "../pool/mod.ts";
import { InvalidCountryError, MoneyUncheckedError, TenantNotLicensedError } from "./errors.ts";
import { licenceLacks, readCompliance } from "./terms.ts";

/** `demo` asks nothing of a brand, as its money is none. */
export type MoneyMode = "demo" | "live";

/** Whether money may be taken. */
export interface MoneyGate {
  readonly mode: MoneyMode;
  /**
   * Passes where the tenant may take money from a player of that country, as it stands in the caller's transaction. In `demo` it always
   * passes and asks nothing.
   *
   * @throws {MoneyUncheckedError} While nobody could look at the brands since the boot.
   * @throws {TenantNotLicensedError}
   * @throws {InvalidCountryError}
   */
  assertOpen(
    connection: Connection,
    player: { readonly tenantId: string; readonly country: string | null },
  ): Promise<void>;
}

/** @param isChecked Whether all active brands were found licensed since the boot. */
export function openMoneyGate({
  mode,
  isChecked,
}: {
  readonly mode: MoneyMode;
  readonly isChecked: () => boolean;
}): MoneyGate {
  return {
    mode,
    async assertOpen(connection, { tenantId, country }) {
      if (mode === "demo") return;
      if (!isChecked()) throw new MoneyUncheckedError();
      // Looked at each time: a brand may be new, or have lost its licence since the boot.
      const compliance = await readCompliance(connection, tenantId);
      const lacks = licenceLacks(compliance);
      if (lacks.length > 0) throw new TenantNotLicensedError(tenantId, lacks);
      if (country === null || !compliance.countries.includes(country)) throw new InvalidCountryError(country);
    },
  };
}
