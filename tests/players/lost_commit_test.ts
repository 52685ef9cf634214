import { expect, setDefaultTimeout, test } from "bun:test";
import { readTerms } from "../../src/branding/mod.ts";
import { exampleRegistration } from "../../src/players/examples.ts";
import { openPlayers, registerAccount } from "../../src/players/mod.ts";
import { CommitUnknownError, type Pool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { TEST_PLAYERS } from "../app/players.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { openDatabase } from "../harness/mod.ts";

setDefaultTimeout(60_000);

/** A pool whose commits are never answered: with `happens` the server had made them all the same. */
function losing(pool: Pool, { happens }: { readonly happens: boolean }): Pool {
  return {
    ...pool,
    async lease(options) {
      const lease = await pool.lease(options);
      return {
        ...lease,
        async commit() {
          if (happens) await lease.commit();
          throw new CommitUnknownError("Cannot tell");
        },
        [Symbol.asyncDispose]: () => lease[Symbol.asyncDispose](),
      };
    },
  };
}

test.each([true, false])(
  "a registration whose commit was not answered is read back: done is %p",
  async (happens) => {
    await using database = await openDatabase();
    const tenantId = await arrangeTenant(database, { slug: "acme" });
    const pool = losing(database.pool("linehold_web"), { happens });
    const deps = { clock: systemClock, readTerms, isCurrency: () => true };
    const players = openPlayers(TEST_PLAYERS, { ...deps, pool });

    const asked = await registerAccount({ ...exampleRegistration, tenantId }, players).catch(
      (error: unknown) => error,
    );

    const stored = await database.owner<{ playerId: string }>(`select player_id as "playerId" from players`);
    if (happens) expect(stored).toEqual([{ playerId: (asked as { playerId: string }).playerId }]);
    else {
      expect(stored).toEqual([]);
      expect(asked).toBeInstanceOf(CommitUnknownError);
    }
  },
);
