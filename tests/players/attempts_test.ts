import { expect, setDefaultTimeout, test } from "bun:test";
import { readTerms } from "../../src/branding/mod.ts";
import { createAddressAttempts } from "../../src/players/attempts.ts";
import { openPlayers } from "../../src/players/mod.ts";
import { createPasswords, NOBODYS_HASH } from "../../src/players/passwords.ts";
import { SignInBusyError, SignInThrottledError } from "../../src/players/session_errors.ts";
import { signIn } from "../../src/players/sign_in.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { TEST_PLAYERS } from "../app/players.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { manualClock, openDatabase } from "../harness/mod.ts";
import { bodyOf, newPerson, openPlayersHouse, PASSWORD, refusal } from "./house.ts";

setDefaultTimeout(60_000);

const WINDOW_MS = 60_000;
const limits = { max: 3, windowMs: WINDOW_MS, addressesMax: 4 };

function isTaken(take: () => void): boolean {
  try {
    take();
    return true;
  } catch (error) {
    if (error instanceof SignInThrottledError) return false;
    throw error;
  }
}

test("an address has so many attempts a window, and is told when the next one begins", async () => {
  const clock = manualClock();
  const attempts = createAddressAttempts(limits, { clock });
  const tried = () => isTaken(() => attempts.take("192.0.2.1"));

  expect([tried(), tried(), tried(), tried()]).toEqual([true, true, true, false]);
  expect(isTaken(() => attempts.take("192.0.2.2"))).toBe(true);
  await clock.advance(WINDOW_MS - 1500);
  const refused = await Promise.try(() => attempts.take("192.0.2.1")).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "sign_in_throttled", retryAfterSeconds: 2 });
  await clock.advance(1500);
  expect(tried()).toBe(true);
});

test("an IPv6 client is its /64, however it writes its address", () => {
  const attempts = createAddressAttempts(limits, { clock: manualClock() });
  const tried = (address: string) => isTaken(() => attempts.take(address));

  const same = ["2001:db8:0:1::1", "2001:0db8::1:2:3:4:5", "2001:DB8:0:1:ffff::", "2001:db8:0:1:9::"];
  expect(same.map(tried)).toEqual([true, true, true, false]);
  expect(tried("2001:db8:0:2::1")).toBe(true);
  expect(tried("::ffff:192.0.2.1")).toBe(true);
});

test("as many addresses are remembered as are wanted: the one that was there first is forgotten first", () => {
  const attempts = createAddressAttempts(limits, { clock: manualClock() });
  const tried = (address: string) => isTaken(() => attempts.take(address));
  for (let count = 0; count < limits.max; count += 1) tried("192.0.2.1");
  expect(tried("192.0.2.1")).toBe(false);

  for (let count = 2; count < 2 + limits.addressesMax; count += 1) tried(`192.0.2.${count}`);

  expect(tried("192.0.2.1")).toBe(true);
});

test("an account is tried ten times a quarter of an hour, the right password included, whether it exists or not", async () => {
  await using house = await openPlayersHouse();
  const { email = "" } = await bodyOf(await house.register("acme"));
  const nobody = newPerson().email;
  for (const address of [email, nobody]) {
    for (let count = 0; count < 10; count += 1)
      expect((await house.signIn("acme", { email: address, password: "a wrong password" })).status).toBe(401);
    const refused = await house.signIn("acme", { email: address.toUpperCase() });
    expect(refused.headers.get("retry-after")).toBe("900");
    expect(await refusal(refused)).toEqual([429, "sign_in_throttled"]);
  }
  expect((await house.signIn("other", { email: nobody })).status).toBe(401);

  house.stage.skip(900_000);

  expect((await house.signIn("acme", { email })).status).toBe(201);
});

test("success forgets the attempts before it", async () => {
  await using house = await openPlayersHouse();
  const { email = "" } = await bodyOf(await house.register("acme"));

  for (let round = 0; round < 3; round += 1) {
    for (let count = 0; count < 8; count += 1)
      await house.signIn("acme", { email, password: "a wrong password" });
    expect((await house.signIn("acme", { email })).status).toBe(201);
  }
});

test("attempts at once are counted one by one, over all machines", async () => {
  await using database = await openDatabase();
  const tenantId = await arrangeTenant(database, { slug: "acme" });
  const machine = () => {
    const pool = database.pool("linehold_web", { max: 4 });
    return openPlayers(TEST_PLAYERS, { pool, clock: systemClock, readTerms, isCurrency: () => true });
  };
  const machines = [machine(), machine(), machine()];
  const credentials = { tenantId, email: newPerson().email, password: "a wrong password" };

  const all = await Promise.all(
    Array.from({ length: 25 }, (_, index) =>
      signIn(credentials, machines[index % 3] ?? machine()).catch((error) => error.code),
    ),
  );

  expect(all.filter((code) => code === "credentials_invalid")).toHaveLength(10);
  expect(all.filter((code) => code === "sign_in_throttled")).toHaveLength(15);
});

test("the table of attempts is swept as it grows, and holds no e-mail", async () => {
  await using house = await openPlayersHouse();
  const { database } = house.stage;
  for (let count = 0; count < 6; count += 1) await house.signIn("acme", { email: newPerson().email });
  const rows = () => database.owner<{ text: string }>("select t::text as text from sign_in_attempts as t");
  expect(await rows()).toHaveLength(6);
  expect((await rows()).filter(({ text }) => text.includes("@"))).toEqual([]);

  house.stage.skip(900_001);
  for (let count = 0; count < 3; count += 1) await house.signIn("acme", { email: newPerson().email });

  expect(await rows()).toHaveLength(3);
});

test("one address is refused past its attempts at registering and signing in alike", async () => {
  const addressAttempts = { max: 3, windowMs: WINDOW_MS, addressesMax: 10 };
  await using house = await openPlayersHouse({ players: { ...TEST_PLAYERS, addressAttempts } });

  const { email = "" } = await bodyOf(await house.register("acme"));
  expect((await house.signIn("acme", { email })).status).toBe(201);
  expect((await house.signIn("other", { email })).status).toBe(401);
  const refused = await house.signIn("acme", { email });

  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refusal(refused)).toEqual([429, "sign_in_throttled"]);
  expect(await refusal(await house.register("acme"))).toEqual([429, "sign_in_throttled"]);
  house.stage.skip(WINDOW_MS);
  expect((await house.signIn("acme", { email })).status).toBe(201);
});

test("a storm of sign-ins takes its places and no more, the rest is refused at once, and visitors are served meanwhile", async () => {
  const passwords = { max: 1, waitingMax: 2, waitMs: 60_000 };
  await using house = await openPlayersHouse({ players: { ...TEST_PLAYERS, passwords } });
  await house.stage.get("/acme/api/public/load-theme");

  const storm = Array.from({ length: 40 }, () => house.signIn("acme", { email: newPerson().email }));
  const visitors: number[] = [];
  const ended = Promise.all(storm).then((answers) => ({ answers, visitors: [...visitors] }));
  for (let count = 0; count < 10; count += 1) {
    const startedAt = performance.now();
    await house.stage.get("/acme/api/public/load-theme");
    visitors.push(performance.now() - startedAt);
  }
  const { answers } = await ended;

  const refused = answers.filter(({ status }) => status === 503);
  expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(3);
  expect(answers.filter(({ status }) => ![401, 503].includes(status))).toEqual([]);
  // On a busy machine some find no connection in time either.
  const busy = (await Promise.all(refused.map(refusal))).filter(([, code]) => code === "sign_in_busy");
  expect(busy.length).toBeGreaterThan(0);
  for (const { headers } of refused) expect(headers.get("retry-after")).toBe("2");
  // A page takes 2 ms by itself; all of the storm's hashes at once take a second and more.
  expect(visitors.sort((a, b) => a - b)[5]).toBeLessThan(500);
});

test("no more passwords are looked at together than there are places", async () => {
  const passwords = createPasswords({ max: 2, waitingMax: 3, waitMs: 60_000 }, { clock: systemClock });
  const verify = () => passwords.verify(PASSWORD, { tenantId: "acme", hash: NOBODYS_HASH });

  const all = await Promise.allSettled(Array.from({ length: 9 }, verify));

  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  for (const result of all)
    if (result.status === "rejected") expect(result.reason).toBeInstanceOf(SignInBusyError);
});

test("no lease is held while a password is looked at: one connection serves whoever else asks", async () => {
  await using house = await openPlayersHouse();
  const { email = "" } = await bodyOf(await house.register("acme"));
  let leases = 0;
  let together = 0;
  const { writes } = house.stage;
  const watching = setInterval(() => {
    const { leased, idle } = writes.stats();
    leases = Math.max(leases, leased);
    if (leased === 0 && idle > 0) together += 1;
  }, 1);

  await Promise.all(
    Array.from({ length: 8 }, () => house.signIn("acme", { email, password: "a wrong password" })),
  );
  clearInterval(watching);

  // 8 hashes of 47 ms on 4 places: were a lease held through one, none of the looks in between would find all at rest.
  expect(together).toBeGreaterThan(20);
  expect(leases).toBeGreaterThan(0);
});
