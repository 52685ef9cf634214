import { expect, setDefaultTimeout, test } from "bun:test";
import {
  type AnswerDeps,
  answerOnce,
  type OperatorRequest,
  RequestInProgressError,
  RequestKeyReusedError,
  RequestNotDoneError,
  readOperatorKey,
  recordAct,
} from "../../src/operators/mod.ts";
import { CommitUnknownError, type Lease, type Pool } from "../../src/pool/mod.ts";
import { arrangeOperator } from "../app/operators.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";

setDefaultTimeout(60_000);

const AT = new Date("2025-09-19T12:00:00Z");

async function arrange(database: TestDatabase) {
  const tenantId = Bun.randomUUIDv7();
  const text = await arrangeOperator(database, { tenantId, at: AT, name: "desk" });
  const headers = { authorization: `Bearer ${text}` };
  const key = readOperatorKey(new Request("http://linehold.test/", { headers }));
  const deps: AnswerDeps = { pool: database.pool("linehold_web"), clock: { epochMs: () => AT.getTime() } };
  let done = 0;
  const ask = (idempotencyKey: string, input: unknown = { a: 1 }, using: AnswerDeps = deps) => {
    const request: OperatorRequest = { tenantId, idempotencyKey, key, operation: "test", input };
    return answerOnce(request, using, async (connection, { operator, at }) => {
      done += 1;
      const subject = { kind: "test", id: idempotencyKey };
      await recordAct(connection, { actor: operator, action: "test", subject, facts: {}, at });
      return { done };
    });
  };
  const acts = async () => {
    const [row] = await database.owner<{ count: bigint }>(
      "select count(*) from audit_acts where action = 'test'",
    );
    return Number(row?.count);
  };
  return { deps, ask, acts };
}

test("answerOnce gives the first answer again, whatever the order of the input's fields", async () => {
  await using database = await openDatabase();
  const { ask, acts } = await arrange(database);

  const first = await ask("k", { a: 1, b: { c: [1, 2], d: null } });
  const again = await ask("k", { b: { d: null, c: [1, 2] }, a: 1 });

  expect([first, again]).toEqual(['{"done":1}', '{"done":1}']);
  for (const other of [{ a: 1 }, { a: 1, b: { c: [2, 1], d: null } }, { a: "1", b: { c: [1, 2], d: null } }])
    expect(await ask("k", other).catch((error: unknown) => error)).toBeInstanceOf(RequestKeyReusedError);
  expect(await acts()).toBe(1);
});

test("answerOnce keeps nothing of what it could not finish", async () => {
  await using database = await openDatabase();
  const { deps, ask, acts } = await arrange(database);
  const failing = withCommit(deps, async () => {
    throw new TypeError("The machine is on fire");
  });

  expect(await ask("k", {}, failing).catch((error: unknown) => error)).toBeInstanceOf(TypeError);
  expect(await acts()).toBe(0);
  expect(await ask("k", { other: true })).toBe('{"done":2}');
});

test("answerOnce reads its key back when the answer to a commit that happened was lost", async () => {
  await using database = await openDatabase();
  const { deps, ask, acts } = await arrange(database);

  const answered = await ask(
    "k",
    {},
    withCommit(deps, async (lease) => void (await lease.commit())),
  );

  expect(answered).toBe('{"done":1}');
  expect(await ask("k", {})).toBe(answered);
  expect(await acts()).toBe(1);
});

test("answerOnce says that nothing was done when a lost commit did not happen", async () => {
  await using database = await openDatabase();
  const { deps, ask, acts } = await arrange(database);

  const never = ask(
    "k",
    {},
    withCommit(deps, async () => undefined),
  );

  expect(await never.catch((error: unknown) => error)).toBeInstanceOf(RequestNotDoneError);
  expect(await acts()).toBe(0);
  expect(await ask("k", {})).toBe('{"done":2}');
});

test("answerOnce waits for a commit that is still under way, and meanwhile the key is in progress for others", async () => {
  await using database = await openDatabase();
  const { deps, ask, acts } = await arrange(database);
  const { promise: open, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: kept, resolve: isKept } = Promise.withResolvers<void>();
  const late = withCommit(deps, async (lease) => {
    void open.then(async () => {
      await lease.commit();
      await lease[Symbol.asyncDispose]();
    });
    isKept();
    return "kept";
  });

  const answering = ask("k", {}, late);
  await kept;
  const meanwhile = await ask("k", {}).catch((error: unknown) => error);
  letGo();

  expect(meanwhile).toBeInstanceOf(RequestInProgressError);
  expect(await answering).toBe('{"done":1}');
  expect(await acts()).toBe(1);
});

test("answerOnce throws CommitUnknownError when the key cannot be read back either", async () => {
  await using database = await openDatabase();
  const { deps, ask, acts } = await arrange(database);
  const broken = withCommit(deps, async (lease) => void (await lease.commit()), { leasesMax: 1 });

  expect(await ask("k", {}, broken).catch((error: unknown) => error)).toBeInstanceOf(CommitUnknownError);
  expect(await ask("k", {})).toBe('{"done":1}');
  expect(await acts()).toBe(1);
});

type Commit = (lease: Lease) => Promise<"kept" | undefined>;

/** The real pool, whose first lease does `commit` in place of its commit and then loses the answer. */
function withCommit(
  deps: AnswerDeps,
  commit: Commit,
  { leasesMax = Number.POSITIVE_INFINITY }: { leasesMax?: number } = {},
): AnswerDeps {
  let leases = 0;
  const lease: Pool["lease"] = async (options) => {
    leases += 1;
    if (leases > leasesMax) throw new TypeError("The pool is gone");
    const real = await deps.pool.lease(options);
    if (leases > 1) return real;
    let isKept = false;
    return {
      connection: real.connection,
      async commit() {
        isKept = (await commit(real)) === "kept";
        throw new CommitUnknownError("The answer was lost");
      },
      [Symbol.asyncDispose]: async () => {
        if (!isKept) await real[Symbol.asyncDispose]();
      },
    };
  };
  return { ...deps, pool: { ...deps.pool, lease } };
}
