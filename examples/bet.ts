/** A bet from its beginning, at a running `bun start`: `OPERATOR_KEY=lho_… bun examples/bet.ts`, with the key it has printed for supersports. */
import { createLineholdClient } from "../openapi/client/mod.ts";

const { OPERATOR_KEY = "", BASE_URL: baseUrl = "http://localhost:8080" } = Bun.env;
const { GET, POST, PUT } = createLineholdClient({ baseUrl });
const tenant = "supersports";
const operator = { authorization: `Bearer ${OPERATOR_KEY}` };

// Someone registers; the brand's operator has seen the passport, and takes 50.00 from them.
const credentials = { email: `${crypto.randomUUID()}@example.org`, password: "correct horse battery" };
const person = { fullName: "Ada Lovelace", dateOfBirth: "1990-12-10", country: "GB" };
const { playerId, currency } = done(
  await POST("/{tenant}/api/players", { params: { path: { tenant } }, body: { ...credentials, ...person } }),
);
done(
  await PUT("/{tenant}/api/admin/players/{playerId}/state", {
    params: { path: { tenant, playerId } },
    headers: operator,
    body: { state: "verified", reason: "passport seen" },
  }),
);
done(
  await POST("/{tenant}/api/admin/players/{playerId}/deposits", {
    params: { path: { tenant, playerId }, header: { "Idempotency-Key": crypto.randomUUID() } },
    headers: operator,
    body: { amountMinor: 5000, currency },
  }),
);

// The player signs in and bets 5.00 on the home side of the next match, at whatever price it has by then.
const session = done(
  await POST("/{tenant}/api/sessions", { params: { path: { tenant } }, body: credentials }),
);
const player = { authorization: `Bearer ${session.accessToken}` };
const leg = await findHome();
const placed = done(
  await POST("/{tenant}/api/bets", {
    params: { path: { tenant }, header: { "Idempotency-Key": crypto.randomUUID() } },
    headers: player,
    body: { legs: [leg], stakeMinor: 500, currency, priceChange: "any" },
  }),
);

// And reads back what became of it and of the money.
const { betId } = placed;
const path = { tenant, betId };
const bet = done(await GET("/{tenant}/api/bets/{betId}", { params: { path }, headers: player }));
const wallet = done(await GET("/{tenant}/api/wallet", { params: { path: { tenant } }, headers: player }));
const [on] = bet.legs;
console.log(
  `${bet.state}: ${bet.stakeMinor} on ${on?.home} against ${on?.away}, returns ${bet.potentialReturnMinor}`,
);
console.log(`${wallet.currency}: ${wallet.cashMinor} to spend, ${wallet.heldMinor} held`);

async function findHome() {
  const path = { tenant };
  const query = { sport: "soccer", from: new Date().toISOString() };
  const { items } = done(await GET("/{tenant}/api/public/events", { params: { path, query } }));
  for (const { eventId } of items) {
    const event = { tenant, eventId };
    const odds = done(await GET("/{tenant}/api/public/events/{eventId}/odds", { params: { path: event } }));
    for (const { book, marketType, period, label, lineQuarters, outcomes } of odds.markets) {
      const home = outcomes.find(({ outcome, suspended }) => outcome === "home" && !suspended);
      if (marketType !== "1x2" || period !== "regulation" || home === undefined) continue;
      const { outcome, fraction } = home;
      return { eventId, book, marketType, period, label, lineQuarters, outcome, fraction };
    }
  }
  throw new RangeError("Cannot bet as no match is on offer");
}

/** What was answered; a refusal ends the example by its code. */
function done<T>({ data, error }: { data?: T; error?: { readonly code: string } }): T {
  if (data === undefined) throw new TypeError(`Cannot go on as that was refused: ${error?.code}`);
  return data;
}
