import { expect, test } from "bun:test";
import fc from "fast-check";
import { createIdentityHasher, normaliseMailbox, normaliseName } from "../../src/players/identity_hash.ts";

const hasher = createIdentityHasher(new Uint8Array(32).fill(1));
const ADA = { fullName: "Ada Lovelace", dateOfBirth: "1990-12-10", email: "ada@example.org" };
const hex = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString("hex"));

test.each([
  ["ada lovelace", "Ada Lovelace"],
  ["ada lovelace", "LOVELACE, Ada"],
  ["ada lovelace", "Ádá  Lovelace."],
  ["conor o", "O’Conor"],
  ["李明", "李明"],
  ["", "1234 .-"],
])("a name is %p, however it is written: %p", (normal, name) => {
  expect(normaliseName(name)).toBe(normal);
});

test.each([
  ["ada@example.org", " Ada+bets@Example.ORG "],
  ["a.d.a@example.org", "a.d.a@example.org"],
])("a mailbox is %p, however it is written: %p", (normal, email) => {
  expect(normaliseMailbox(email)).toBe(normal);
});

test("a person has two hashes, and either is found again under another spelling or another e-mail", () => {
  const [person, mailbox] = hex(hasher.ofPerson(ADA));

  const spelt = hex(hasher.ofPerson({ ...ADA, fullName: "Lovelace Ada", email: "other@example.org" }));
  const renamed = hex(hasher.ofPerson({ ...ADA, fullName: "Augusta King", email: "ADA+1@example.org" }));

  expect(spelt).toEqual([person, expect.not.stringMatching(`^${mailbox}$`)]);
  expect(renamed[1]).toBe(mailbox);
  expect(renamed[0]).not.toBe(person);
});

test("the hashes are another key's business, and of fields that cannot run into one another", () => {
  const other = createIdentityHasher(new Uint8Array(32).fill(2));

  expect(hex(other.ofPerson(ADA))).not.toEqual(hex(hasher.ofPerson(ADA)));
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (one, two, three) => {
      const joined = hasher.ofAccount(one + two, three.trim());
      const split = hasher.ofAccount(one, two + three.trim());
      expect(Buffer.compare(joined, split) === 0).toBe(two === "");
    }),
  );
  expect(() => createIdentityHasher(new Uint8Array(31))).toThrow(RangeError);
});
