import type { Clock } from "../resilience/mod.ts";
import { SignInThrottledError } from "./session_errors.ts";

export interface AddressAttemptsOptions {
  /** Within a window of `windowMs`, per address. */
  readonly max: number;
  readonly windowMs: number;
  /** Addresses remembered at once; the longest known goes first. */
  readonly addressesMax: number;
}

/** Enough for a household or an office behind one address; a guesser gets no further than that. */
export const ADDRESS_ATTEMPTS_DEFAULTS: AddressAttemptsOptions = {
  max: 30,
  windowMs: 60_000,
  addressesMax: 10_000,
};

/** Counts what each client address asks for that costs a password hash. In memory, each process for itself. */
export interface AddressAttempts {
  /** @throws {SignInThrottledError} If the address has used up its window. */
  take(address: string): void;
}

export function createAddressAttempts(
  { max, windowMs, addressesMax }: AddressAttemptsOptions,
  { clock }: { readonly clock: Pick<Clock, "now"> },
): AddressAttempts {
  const windows = new Map<string, { endsAt: number; taken: number }>();
  return {
    take(address) {
      const now = clock.now();
      const key = networkOf(address);
      let window = windows.get(key);
      if (window === undefined || now >= window.endsAt) {
        // Put at the end anew: what stands first is what began first.
        windows.delete(key);
        const [oldest] = windows.size >= addressesMax ? windows.keys() : [];
        if (oldest !== undefined) windows.delete(oldest);
        window = { endsAt: now + windowMs, taken: 0 };
        windows.set(key, window);
      }
      if (window.taken >= max) throw new SignInThrottledError(window.endsAt - now);
      window.taken += 1;
    },
  };
}

/** An IPv6 client has a whole /64 to itself (RFC 6177): all of it is one address here. */
function networkOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const after = tail === undefined ? [] : tail.split(":").filter((group) => group !== "");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const whole = [...groups, ...Array<string>(zeros).fill("0"), ...after];
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, "").toLowerCase())
    .join(":")}::/64`;
}
