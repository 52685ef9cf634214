import fc from "fast-check";

/** What goes wrong while something is done: the transaction is given up, the connection is cut, or the answer to the commit is lost. */
export type Crash =
  | { readonly kind: "roll_back" | "cut"; readonly statement: number }
  | { readonly kind: "lost_answer"; readonly committed: boolean; readonly readable: boolean };

/** Of a person's two accounts, each at a brand of its own. */
export type Whose = 0 | 1;
export type LimitKind = "deposit" | "stake" | "loss";
export type LimitPeriod = "day" | "week" | "month";

/** What is asked under a key. */
export type Request =
  | { readonly verb: "deposit"; readonly whose: Whose; readonly amount: number }
  | { readonly verb: "withdraw"; readonly whose: Whose; readonly amount: number }
  | {
      readonly verb: "adjust";
      readonly whose: Whose;
      readonly amount: number;
      readonly part: "cash" | "bonus";
    }
  | { readonly verb: "bet"; readonly whose: Whose; readonly stake: number; readonly legs: 1 | 2 };

/** What is decided, and is the same when it is decided again. */
export type Decision =
  | { readonly verb: "void"; readonly bet: number }
  | {
      readonly verb: "limit";
      readonly whose: Whose;
      readonly kind: LimitKind;
      readonly period: LimitPeriod;
      readonly amount: number | null;
    }
  | { readonly verb: "cool_off"; readonly whose: Whose; readonly days: number }
  | { readonly verb: "exclude"; readonly whose: Whose }
  | { readonly verb: "close"; readonly whose: Whose };

/** One step of a history. `twice`: sent two times at once. */
export type Action =
  | {
      readonly step: "request";
      readonly request: Request;
      readonly crash: Crash | null;
      readonly twice: boolean;
    }
  | { readonly step: "decide"; readonly decision: Decision; readonly crash: Crash | null }
  /** An earlier request again under its key, word for word or with another amount. */
  | { readonly step: "again"; readonly earlier: number; readonly changed: boolean }
  | { readonly step: "wait"; readonly hours: number }
  | { readonly step: "checkpoint"; readonly whose: Whose };

const whose = fc.constantFrom<Whose>(0, 0, 0, 0, 0, 1);
const amount = fc.integer({ min: 1, max: 900 });

const request: fc.Arbitrary<Request> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ verb: fc.constant("deposit" as const), whose, amount }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant("withdraw" as const), whose, amount }) },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant("adjust" as const),
      whose,
      amount: fc.integer({ min: -300, max: 300 }).filter((signed) => signed !== 0),
      part: fc.constantFrom("cash" as const, "bonus" as const),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      verb: fc.constant("bet" as const),
      whose,
      stake: fc.integer({ min: 1, max: 300 }),
      legs: fc.constantFrom<1 | 2>(1, 1, 2),
    }),
  },
);

const decision: fc.Arbitrary<Decision> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ verb: fc.constant("void" as const), bet: fc.nat({ max: 5 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constant("limit" as const),
      whose,
      kind: fc.constantFrom<LimitKind>("deposit", "stake", "loss"),
      period: fc.constantFrom<LimitPeriod>("day", "week", "month"),
      amount: fc.option(fc.integer({ min: 0, max: 4000 }), { freq: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant("cool_off" as const),
      whose,
      days: fc.integer({ min: 1, max: 42 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ verb: fc.constantFrom("exclude" as const, "close" as const), whose }) },
);

const crash: fc.Arbitrary<Crash | null> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(null) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("roll_back" as const), statement: fc.nat({ max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const), statement: fc.nat({ max: 20 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("lost_answer" as const),
      committed: fc.boolean(),
      readable: fc.boolean(),
    }),
  },
);

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      step: fc.constant("request" as const),
      request,
      crash,
      twice: fc.constantFrom(false, false, false, false, false, true),
    }),
  },
  { weight: 5, arbitrary: fc.record({ step: fc.constant("decide" as const), decision, crash }) },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant("again" as const),
      earlier: fc.nat({ max: 9 }),
      changed: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant("wait" as const),
      hours: fc.constantFrom(1, 12, 23, 24, 25, 24 * 6, 24 * 8, 24 * 31),
    }),
  },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("checkpoint" as const), whose }) },
);

/** Short histories, many of them: what goes wrong goes wrong between few steps. The first step gives something to lose. */
export const history: fc.Arbitrary<readonly Action[]> = fc
  .tuple(fc.integer({ min: 100, max: 4000 }), fc.array(action, { minLength: 2, maxLength: 9 }))
  .map(([amount, rest]) => [
    { step: "request", request: { verb: "deposit", whose: 0, amount }, crash: null, twice: false },
    ...rest,
  ]);
