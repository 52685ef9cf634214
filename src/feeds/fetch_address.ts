import { BlockList, isIP } from "node:net";
import { FeedUnreachableError } from "./errors.ts";

/** The addresses of a host name, as the system's resolver gives them. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export interface AddressDeps {
  readonly resolve: Resolve;
  /** Host names that may lead to any address: a vendor's stand-in on this machine or network. */
  readonly privateHosts: ReadonlySet<string>;
}

// IANA's special-purpose registries: this host, private, shared, loopback, link-local (where clouds hand out credentials),
// protocol and test networks, multicast, reserved; of IPv6 also what embeds an IPv4 address.
const NOT_PUBLIC = blockList(
  [
    ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
    ...["192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
    ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ],
  [
    ...["::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32"],
    ...["2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"],
  ],
);

/** Whether an address is one that any host of the internet could have. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && !NOT_PUBLIC.check(address, version === 4 ? "ipv4" : "ipv6");
}

/**
 * The address to connect to for a URL, asked for once: who connects by name asks again, and may be told another.
 *
 * @throws {FeedUnreachableError} If the name is not known, or any of its addresses is not public and the host not allowed for.
 */
export async function addressOf(url: URL, source: string, deps: AddressDeps): Promise<string> {
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(hostname) === 0 ? await deps.resolve(hostname).catch(() => []) : [hostname];
  const [address] = addresses;
  if (address === undefined) throw new FeedUnreachableError(source, "its host name has no address");
  if (deps.privateHosts.has(hostname) || addresses.every(isPublicAddress)) return address;
  throw new FeedUnreachableError(source, "its host leads to an address that is not public", {
    failure: "address_refused",
  });
}

function blockList(subnets4: readonly string[], subnets6: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (subnets: readonly string[], family: "ipv4" | "ipv6") => {
    for (const subnet of subnets) {
      const [net = "", prefix] = subnet.split("/");
      list.addSubnet(net, Number(prefix), family);
    }
  };
  add(subnets4, "ipv4");
  add(subnets6, "ipv6");
  return list;
}
