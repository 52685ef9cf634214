import {
  RequestInProgressError as BetInProgressError,
  BetNotPlacedError,
  placeBet,
  voidBet,
} from "../../src/bets/mod.ts";
import { makeKey } from "../../src/operators/key_text.ts";
import {
  type AnswerDeps,
  answerOnce,
  type PresentedKey,
  RequestInProgressError,
  RequestNotDoneError,
  recordAct,
  requireOperator,
} from "../../src/operators/mod.ts";
import { changePlayerState, coolOff, excludePlayer, setPlayerLimit } from "../../src/players/mod.ts";
import { CommitUnknownError, type Connection, DatabaseUnavailableError } from "../../src/pool/mod.ts";
import {
  adjust,
  deposit,
  type MoneyMoved,
  readWallet,
  takeCheckpoints,
  type Wallet,
  withdraw,
} from "../../src/wallets/mod.ts";
import { openHouse, requestOf, type Seat } from "../bets/betting_house.ts";
import type { TestDatabase } from "../harness/mod.ts";
import type { Crash, Decision, Request, Whose } from "./actions.ts";
import { CrashError, crashingPool } from "./crashes.ts";

/** What the service did of something; `unknown`: whoever asked heard nothing certain, and asks again under the same key. */
export type Outcome =
  | { readonly kind: "done"; readonly answer: string }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "unknown" };

/** A person with an account at each of two brands. */
export type Person = readonly [Seat, Seat];

/** The real verbs over a real database, as one of many at work. */
export interface World {
  person(): Promise<Person>;
  request(person: Person, asked: KeyedRequest, crash: Crash | null): Promise<Outcome>;
  decide(person: Person, decision: Decided, crash: Crash | null): Promise<Outcome>;
  /** What an account has now, and had at a past moment. */
  wallets(seat: Seat, past: Date): Promise<{ readonly now: Plain; readonly before: Plain }>;
  checkpoint(seat: Seat, at: Date): Promise<void>;
}

type Plain = ReturnType<typeof plain>;

function plain({ cashMinor, bonusMinor, heldMinor }: Wallet) {
  return { cash: Number(cashMinor), bonus: Number(bonusMinor), held: Number(heldMinor) };
}

export interface KeyedRequest {
  readonly key: string;
  readonly request: Request;
  readonly at: Date;
}

/** A decision with the bet it means, where it means one. */
export interface Decided {
  readonly decision:
    | Exclude<Decision, { readonly verb: "void" }>
    | { readonly verb: "void"; readonly whose: Whose; readonly betId: string };
  readonly at: Date;
}

/** How the operator's requests are answered; the real way unless a naive one is put in its place. */
export type AnswerWay = typeof answerOnce;

const CURRENCIES = ["EUR", "JPY"] as const;
const BEGIN = new Date("2025-09-19T12:00:00Z");
const PERSONS_AT_ONCE = 250;
const GATE = { assertOpen: () => Promise.resolve() };

/** What all workers share: two events to bet on, and one operator's key that every brand knows. */
export async function openGround(database: TestDatabase) {
  const house = openHouse(database);
  const startsAt = new Date("2030-01-01T12:00:00Z");
  const events = [await house.addEvent({ startsAt }), await house.addEvent({ startsAt })] as const;
  const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const key = makeKey(randomBytes(8), randomBytes(32));
  return { database, events, key };
}

export type Ground = Awaited<ReturnType<typeof openGround>>;

export function openWorld(
  { database, events, key }: Ground,
  { answerWay = answerOnce }: { readonly answerWay?: AnswerWay } = {},
): World {
  const pool = database.pool("linehold_web", { max: 3, overdueMs: 30_000, deadlineMs: 20_000 });
  const settlement = database.pool("linehold_settlement", { max: 1 });
  const persons: Person[] = [];
  const terminate = (pid: number) => database.owner("select pg_terminate_backend($1::integer, 5000)", [pid]);
  const seatOf = (person: Person, whose: Whose) => person[whose];
  return {
    async person() {
      if (persons.length === 0) persons.push(...(await addPersons(database, key)));
      const next = persons.pop();
      if (next === undefined) throw new RangeError("Cannot go on as nobody was added");
      return next;
    },
    request(person, { request, key: idempotencyKey, at }, crash) {
      const seat = seatOf(person, request.whose);
      const deps = { pool: crashingPool(pool, crash, { terminate }), clock: { epochMs: () => at.getTime() } };
      if (request.verb !== "bet")
        return outcomeOf(() => move(seat, { request, idempotencyKey, key }, { deps, answerWay }));
      const [first] = events;
      const wanted = requestOf(seat, {
        eventId: first,
        outcome: "home",
        stakeMinor: BigInt(request.stake),
        key: idempotencyKey,
      });
      const legs = [...wanted.legs];
      const [leg] = legs;
      if (leg !== undefined && request.legs === 2) legs.push({ ...leg, eventId: events[1] });
      const limits = { priceAgeMaxMs: Number.MAX_SAFE_INTEGER };
      return outcomeOf(async () => (await placeBet({ ...wanted, legs }, { ...deps, limits })).answer);
    },
    decide(person, { decision, at }, crash) {
      const { tenantId, playerId } = seatOf(person, decision.whose);
      return outcomeOf(async () => {
        const crashing = crashingPool(pool, crash, { terminate });
        await using lease = await crashing.lease({ access: "write", tenantId });
        const { connection } = lease;
        const owner = { tenantId, playerId, at };
        if (decision.verb === "void") {
          const operator = await requireOperator(connection, { tenantId, key, at, held: true });
          const why = { reason: "model", rule: "model" };
          await voidBet(connection, { betId: decision.betId, ...why }, { operator, at });
        } else await decideFor(connection, decision, owner);
        await lease.commit();
        return "";
      });
    },
    async wallets(seat, past) {
      await using lease = await pool.lease({ tenantId: seat.tenantId });
      const [now, before] = await Promise.all([
        readWallet(lease.connection, seat),
        readWallet(lease.connection, { ...seat, at: past }),
      ]);
      return { now: plain(now), before: plain(before) };
    },
    async checkpoint({ tenantId }, at) {
      await using lease = await settlement.lease({ access: "write", tenantId });
      await takeCheckpoints(lease.connection, { afterAccountId: null, accountsMax: 100, entriesMin: 1, at });
      await lease.commit();
    },
  };
}

async function decideFor(
  connection: Connection,
  decision: Exclude<Decision, { readonly verb: "void" }>,
  owner: { readonly tenantId: string; readonly playerId: string; readonly at: Date },
): Promise<void> {
  if (decision.verb === "exclude") await excludePlayer(connection, { ...owner, term: "permanent" });
  else if (decision.verb === "close") await changePlayerState(connection, { ...owner, to: "closed" });
  else if (decision.verb === "cool_off") await coolOff(connection, { ...owner, days: decision.days });
  else {
    const { kind, period, amount } = decision;
    const amountMinor = amount === null ? null : BigInt(amount);
    await setPlayerLimit(connection, { ...owner, kind, period, amountMinor });
  }
}

interface Moving {
  readonly request: Exclude<Request, { readonly verb: "bet" }>;
  readonly idempotencyKey: string;
  readonly key: PresentedKey;
}

/** As the routes do it: the verb, its audit row and its answer. */
function move(
  { tenantId, playerId, currency }: Seat,
  { request, idempotencyKey, key }: Moving,
  { deps, answerWay }: { readonly deps: AnswerDeps; readonly answerWay: AnswerWay },
): Promise<string> {
  const asked = { tenantId, key, idempotencyKey, operation: request.verb, input: { playerId, ...request } };
  return answerWay(asked, deps, async (connection, { operator, at }) => {
    const amountMinor = BigInt(request.amount);
    const wanted = { tenantId, playerId, amountMinor, currency, idempotencyKey, at };
    const moved = await moveBy(connection, request, wanted);
    const { transferId, kind, wallet } = moved;
    const subject = { kind: "player", id: playerId };
    await recordAct(connection, { actor: operator, action: kind, subject, facts: { transferId }, at });
    return {
      ...{ transferId, playerId, amountMinor: Number(moved.amountMinor) },
      wallet: plain(wallet),
    };
  });
}

function moveBy(
  connection: Connection,
  request: Moving["request"],
  wanted: Parameters<typeof deposit>[1],
): Promise<MoneyMoved> {
  if (request.verb === "deposit") return deposit(connection, wanted, { gate: GATE });
  if (request.verb === "withdraw") return withdraw(connection, wanted);
  return adjust(connection, { ...wanted, part: request.part });
}

const UNKNOWN = [
  CrashError,
  CommitUnknownError,
  DatabaseUnavailableError,
  BetNotPlacedError,
  RequestNotDoneError,
  RequestInProgressError,
  BetInProgressError,
];

/** @throws Whatever is neither a refusal nor the end of a connection: a bug. */
async function outcomeOf(act: () => Promise<string>): Promise<Outcome> {
  try {
    return { kind: "done", answer: await act() };
  } catch (error) {
    if (UNKNOWN.some((kind) => error instanceof kind)) return { kind: "unknown" };
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!REFUSALS.has(code)) throw error;
    return { kind: "refused", code };
  }
}

const REFUSALS = new Set([
  "insufficient_funds",
  "player_excluded",
  "player_cooling_off",
  "blocked_client",
  "deposit_limit_exceeded",
  "responsible_betting_stake_limit_exceeded",
  "responsible_betting_loss_limit_exceeded",
  "idempotency_key_reused",
]);

/** Many at once, past the verbs: registering is not what is looked at here. The two accounts of one are the same person's. */
async function addPersons(database: TestDatabase, key: PresentedKey): Promise<Person[]> {
  const ids = Array.from({ length: PERSONS_AT_ONCE }, () => [newSeat(0), newSeat(1)] as const);
  const seats = ids.flat();
  const hashes = ids.flatMap(() => {
    const hash = Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
    return [hash, hash];
  });
  const tenantIds = seats.map(({ tenantId }) => tenantId);
  await database.owner(
    `insert into players (tenant_id, player_id, state, currency, country, identity_hashes, created_at, updated_at)
     select tenant_id, player_id, 'verified', currency, 'MT', array[hash], $5, $5
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[]) as given (tenant_id, player_id, currency, hash)`,
    [tenantIds, seats.map(({ playerId }) => playerId), seats.map(({ currency }) => currency), hashes, BEGIN],
  );
  await database.owner(
    `insert into operator_keys (tenant_id, key_id, name, secret_hash, created_at)
     select tenant_id, $2, 'model', $3, $4 from unnest($1::uuid[]) as given (tenant_id)`,
    [tenantIds, key.keyId, Buffer.from(key.secretHash), BEGIN],
  );
  return ids;
}

function newSeat(whose: Whose): Seat {
  return { tenantId: crypto.randomUUID(), playerId: crypto.randomUUID(), currency: CURRENCIES[whose] };
}
