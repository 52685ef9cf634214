import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { PlayersOptions } from "../players/mod.ts";

/** The keys of players as their room takes them; `undefined` where the deployment has none. */
export function playersOf(
  { players: { tokenKeys, identityKey } }: Pick<Config, "players">,
  { log }: { readonly log: Log },
): PlayersOptions | undefined {
  if (tokenKeys === undefined || identityKey === undefined) {
    const lacks = [
      ...(tokenKeys === undefined ? ["PLAYER_TOKEN_KEYS"] : []),
      ...(identityKey === undefined ? ["IDENTITY_KEY"] : []),
    ];
    log.warn("players.unconfigured", `Serving no players without ${lacks.join(" and ")}`, { lacks });
    return undefined;
  }
  return {
    tokenKeys: tokenKeys.map(({ kid, secret }) => ({ kid, secret: bytesOf(secret.reveal()) })),
    identityKey: bytesOf(identityKey.reveal()),
  };
}

/** Node reads both alphabets of base64. */
function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}
