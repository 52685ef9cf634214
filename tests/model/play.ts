import type { Action, Crash, Request } from "./actions.ts";
import { type Expected, PlainModel } from "./plain_model.ts";
import type { KeyedRequest, Outcome, Person, World } from "./world.ts";

/** The service and the model have come apart. */
export class ApartError extends Error {
  override readonly name = "ApartError";

  constructor(step: number, what: string, facts: unknown) {
    super(`Step ${step}: ${what}: ${JSON.stringify(facts)}`);
  }
}

interface Answered extends KeyedRequest {
  /** What it was answered with; `undefined` while it was refused. */
  answer: string | undefined;
}

const BEGIN = Date.UTC(2025, 8, 19, 12);
const ATTEMPTS = 200;

/**
 * Plays a history against the service and beside it in the model, and holds each answer, every balance at the end and a past one against
 * what the model says.
 *
 * @throws {ApartError}
 */
export async function play(world: World, history: readonly Action[]): Promise<void> {
  const person = await world.person();
  const model = new PlainModel();
  const requests: Answered[] = [];
  const betIds: string[] = [];
  const moments: number[] = [];
  let now = BEGIN;
  for (const [step, action] of history.entries()) {
    now += action.step === "wait" ? action.hours * 3_600_000 : 1000;
    if (action.step === "request") {
      const asked: Answered = {
        key: `k${step}`,
        request: action.request,
        at: new Date(now),
        answer: undefined,
      };
      requests.push(asked);
      await ask(world, { person, model, asked, step, crash: action.crash, twice: action.twice, betIds });
    } else if (action.step === "again") {
      const earlier = requests[action.earlier % Math.max(1, requests.length)];
      if (earlier === undefined) continue;
      const request = action.changed ? changed(earlier.request) : earlier.request;
      const asked: Answered = { ...earlier, request, at: new Date(now) };
      await ask(world, { person, model, asked, step, crash: null, twice: false, betIds });
      if (asked.answer !== undefined) Object.assign(earlier, asked);
    } else if (action.step === "decide") {
      await decide(world, { person, model, action, at: new Date(now), step, betIds });
    } else if (action.step === "checkpoint") await world.checkpoint(person[action.whose], new Date(now));
    model.remember(now);
    moments.push(now);
  }
  const past = moments[Math.floor(moments.length / 2)] ?? now;
  for (const whose of [0, 1] as const) {
    const told = await world.wallets(person[whose], new Date(past));
    const wanted = { now: model.balances(whose), before: model.balancesAt(whose, past) };
    if (!Bun.deepEquals(told, wanted))
      throw new ApartError(history.length, "other balances", { whose, told, wanted });
  }
}

interface Asking {
  readonly person: Person;
  readonly model: PlainModel;
  readonly asked: Answered;
  readonly step: number;
  readonly crash: Crash | null;
  readonly twice: boolean;
  readonly betIds: string[];
}

async function ask(
  world: World,
  { person, model, asked, step, crash, twice, betIds }: Asking,
): Promise<void> {
  const { key, request, at } = asked;
  const earlier = asked.answer;
  const expected = model.request(key, request, at.getTime());
  const send = () => insist((attempt) => world.request(person, asked, attempt === 0 ? crash : null));
  const outcomes = twice ? await Promise.all([send(), send()]) : [await send()];
  for (const outcome of outcomes) {
    assertAs(expected, outcome, { step, request, earlier });
    if (outcome.kind === "done") asked.answer = outcome.answer;
  }
  const [first, second] = outcomes;
  if (first?.kind === "done" && second?.kind === "done" && first.answer !== second.answer)
    throw new ApartError(step, "two answers to one key", { first, second });
  if (first?.kind !== "done" || expected === null) return;
  const told = JSON.parse(first.answer);
  if (request.verb === "bet") betIds.push(told.betId);
  else if (!Bun.deepEquals(told.wallet, model.balances(request.whose)))
    throw new ApartError(step, "another wallet", { told: told.wallet, model: model.balances(request.whose) });
}

function assertAs(
  expected: Expected | null,
  outcome: Outcome,
  {
    step,
    request,
    earlier,
  }: { readonly step: number; readonly request: Request; readonly earlier: string | undefined },
): void {
  const facts = { request, expected, outcome };
  if (expected === null) {
    if (outcome.kind !== "done" || outcome.answer !== earlier)
      throw new ApartError(step, "another answer to the same key", { ...facts, earlier });
    return;
  }
  const isAsExpected = expected.done
    ? outcome.kind === "done"
    : outcome.kind === "refused" && expected.reasons.includes(outcome.code);
  if (!isAsExpected) throw new ApartError(step, "another outcome", facts);
}

async function decide(
  world: World,
  {
    person,
    model,
    action,
    at,
    step,
    betIds,
  }: {
    readonly person: Person;
    readonly model: PlainModel;
    readonly action: Extract<Action, { readonly step: "decide" }>;
    readonly at: Date;
    readonly step: number;
    readonly betIds: readonly string[];
  },
): Promise<void> {
  const { decision, crash } = action;
  if (decision.verb === "void") {
    const bet = model.bets[decision.bet];
    const betId = betIds[decision.bet];
    if (bet === undefined || betId === undefined) return;
    const wanted = { verb: "void", whose: bet.whose, betId } as const;
    await mustBeDone(step, (attempt) =>
      world.decide(person, { decision: wanted, at }, attempt === 0 ? crash : null),
    );
  } else
    await mustBeDone(step, (attempt) => world.decide(person, { decision, at }, attempt === 0 ? crash : null));
  model.decide(decision, at.getTime());
}

async function mustBeDone(step: number, attempt: (count: number) => Promise<Outcome>): Promise<void> {
  const outcome = await insist(attempt);
  if (outcome.kind !== "done") throw new ApartError(step, "a decision was refused", outcome);
}

/** Asks until there is a certain answer, as a client does that knows nothing but its key. */
async function insist(attempt: (count: number) => Promise<Outcome>): Promise<Outcome> {
  for (let count = 0; count < ATTEMPTS; count++) {
    const outcome = await attempt(count);
    if (outcome.kind !== "unknown") return outcome;
    if (count > 1) await Bun.sleep(10);
  }
  throw new RangeError(`Cannot tell what became of a request after ${ATTEMPTS} attempts`);
}

function changed(request: Request): Request {
  return request.verb === "bet"
    ? { ...request, stake: request.stake + 1 }
    : { ...request, amount: request.amount + 1 };
}
