import { expect, test } from "bun:test";
import { StatementError } from "../../src/pool/mod.ts";
import { classify, classifyFrame } from "../../src/pool/signatures.ts";

/** As the server reports it: with a severity, which a socket's own errors lack. */
function reported(code: string, message = "as the server says"): Error {
  return Object.assign(new Error(message), { code, severity: "ERROR" });
}

const cases: readonly [what: string, error: unknown, code: string][] = [
  [
    "refused by the host",
    Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
    "database_unreachable",
  ],
  [
    "a broken pipe, five capitals like a SQLSTATE",
    Object.assign(new Error("write EPIPE"), { code: "EPIPE" }),
    "database_unreachable",
  ],
  ["backend died in mid-query", new Error("Connection terminated unexpectedly"), "database_unreachable"],
  ["no connection in time", new Error("timeout expired"), "database_unreachable"],
  ["terminated by an administrator", reported("57P01"), "database_unreachable"],
  ["starting up", reported("57P03"), "database_refused"],
  ["too many clients", reported("53300"), "database_refused"],
  ["disk full", reported("53100"), "database_refused"],
  [
    "pooler: database down",
    reported("08P01", "server login has been failing, try again later"),
    "database_unreachable",
  ],
  ["pooler: busy", reported("08P01", "query_wait_timeout"), "database_refused"],
  ["pooler: full", reported("08P01", "no more connections allowed (max_client_conn)"), "database_refused"],
  [
    "pooler: startup parameter",
    reported("08P01", "unsupported startup parameter: statement_timeout"),
    "database_misconfigured",
  ],
  ["pooler: unknown database", reported("08P01", "no such database: linehold"), "database_misconfigured"],
  ["statement timeout", reported("57014"), "database_slow"],
  ["lock timeout", reported("55P03"), "database_slow"],
  ["wrong password", reported("28P01"), "database_misconfigured"],
  ["missing database", reported("3D000"), "database_misconfigured"],
  ["missing table", reported("42P01"), "database_misconfigured"],
  ["missing grant", reported("42501"), "database_misconfigured"],
];

for (const [what, error, code] of cases) {
  test(`classify calls "${what}" ${code}`, () => {
    expect(classify(error)).toMatchObject({ code });
  });
}

test("classify leaves the statement's own faults to the statement, with SQLSTATE and constraint", () => {
  const error = classify(Object.assign(reported("23505"), { constraint: "bets_pkey" }));

  expect(error).toBeInstanceOf(StatementError);
  expect(error).toMatchObject({ code: "statement_failed", sqlState: "23505", constraint: "bets_pkey" });
  expect(classify(reported("40P01"))).toMatchObject({ isConflict: true });
});

test("classify passes on what is classified already, and says nothing of the server's own words", () => {
  const once = classify(reported("53300", "secret table name"));

  expect(classify(once)).toBe(once);
  expect(once.message).not.toContain("secret");
});

test("classifyFrame calls whatever the frame itself fails with misconfigured, unless the database is away", () => {
  expect(classifyFrame(reported("22023"))).toMatchObject({ code: "database_misconfigured" });
  expect(classifyFrame(reported("57P01"))).toMatchObject({ code: "database_unreachable" });
});
