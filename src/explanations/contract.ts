import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { selectionFields } from "../bets/mod.ts";

const orNull = <S extends TSchema>(schema: S, description: string, example: unknown = null) =>
  Type.Union([schema, Type.Null()], { description, examples: [example] });
const text = (description: string, example: string) => Type.String({ description, examples: [example] });
const instant = (description: string, example = "2025-09-20T13:30:00.000Z") =>
  Type.String({ format: "date-time", description, examples: [example] });
const uuid = (description: string, example: string) =>
  Type.String({ format: "uuid", description, examples: [example] });
const minor = (description: string, example: number) =>
  Type.Integer({
    minimum: -Number.MAX_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
    description,
    examples: [example],
  });
const version = (description: string, example = 1) =>
  Type.Integer({ minimum: 0, description, examples: [example] });
/** An exact number in lowest terms, as digits: an accumulator's outgrow every machine's numbers. */
const exact = (description: string, numerator: string, denominator: string) =>
  Type.Object(
    {
      numerator: Type.String({ pattern: "^(0|[1-9][0-9]*)$", examples: [numerator] }),
      denominator: Type.String({ pattern: "^[1-9][0-9]*$", examples: [denominator] }),
    },
    { description },
  );
const EVENT = "01994e0a-3c00-7000-8000-0d9c1c2f7a11";

const knownFactSchema = Type.Object(
  {
    fact: text("What it is about: a count, the status, a goal, …", "count"),
    statistic: orNull(Type.String(), "What is counted, with counts", "score"),
    period: orNull(Type.String(), "The stretch of play", "regulation"),
    side: orNull(Type.String(), "home or away", "home"),
    subject: orNull(Type.String(), "Which goal, player or runner it is of", null),
    value: orNull(Type.Integer(), "The count; the least it can become while it is not final", 2),
    detail: orNull(Type.Record(Type.String(), Type.Unknown()), "What no number says, as the status", null),
    final: Type.Boolean({ description: "False while it can still change by play", examples: [true] }),
    source: text("Who said so", "goalserve/soccer"),
    certainty: orNull(Type.String(), "As the source tells it: live or confirmed", "confirmed"),
    actor: orNull(Type.String(), "The id of the operator's key by which it was entered", null),
    trueAt: instant("When it was so"),
    knownAt: instant("When it was known here", "2025-09-20T13:30:04.000Z"),
    version: version("Of all that is known of the event: the one that brought it"),
  },
  { description: "One fact of an event" },
);

const ruleSchema = Type.Object(
  {
    section: text("Of the published rules", "postponed.soccer"),
    says: Type.Unknown({
      description: "The section as it was published",
      examples: [{ play_within_hours: 48 }],
    }),
    text: text(
      "The same in plain words",
      "A match that is put off stands if it begins within 48 hours of its planned start.",
    ),
  },
  { description: "A section of the house rules that had a part in a grade" },
);

const gradeSchema = Type.Object(
  {
    result: Type.Integer({ minimum: 0, maximum: 1, description: "r: 1 won, 0 lost", examples: [1] }),
    voidFactor: exact("v: the part of the stake that is given back as if there was no bet", "0", "1"),
    deadHeatFactor: exact("h: the part that is paid where places are shared", "1", "1"),
    winningsDeduction: exact("d: the part of the winnings that is kept for withdrawn runners", "0", "1"),
    reason: text("Why, by one word of a closed list", "won"),
    text: text("The same in plain words", "The selection won."),
    gradedAt: instant("When the leg was graded", "2025-09-20T13:31:00.000Z"),
  },
  { description: "How a leg was graded" },
);

const paidLegSchema = Type.Object({
  legNumber: Type.Integer({ minimum: 1, examples: [1] }),
  eventId: uuid("The event", EVENT),
  price: exact("The leg's price, stake included", "81", "50"),
  factVersion: orNull(
    Type.Integer({ minimum: 1 }),
    "Of all that was known of the event then: what it was graded by. Null for a leg that the bet was decided without",
    1,
  ),
  grade: Type.Union([gradeSchema, Type.Null()], { description: "Null likewise" }),
  factor: Type.Union(
    [
      exact(
        "What it makes of each unit staked: v + (1 − v) · r · h · (1 + (price − 1) · (1 − d))",
        "81",
        "50",
      ),
      Type.Null(),
    ],
    { description: "Null likewise" },
  ),
  facts: Type.Array(knownFactSchema, { description: "What was known that bears on the leg's market" }),
  rules: Type.Array(ruleSchema, { description: "Which sections of the bet's rules had a part in it" }),
});

const transferSchema = Type.Object(
  {
    transferId: uuid("Names it in the ledger", "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d70"),
    kind: text("stake, settlement, reversal, void, …", "settlement"),
    occurredAt: instant("When it moved", "2025-09-20T13:31:00.000Z"),
    entries: Type.Array(
      Type.Object({
        account: text(
          "The kind of account: the player's cash and held stakes, the house's book, …",
          "player_cash",
        ),
        amountMinor: minor("Above zero it receives, below zero it gives", 810),
      }),
      { description: "They sum to zero" },
    ),
  },
  { description: "Money that moved at once" },
);

const step = {
  version: version("0 for the placement; each thing that became of the bet has the next"),
  at: instant("When", "2025-09-20T13:31:00.000Z"),
  transfers: Type.Array(transferSchema, { description: "What it moved in the ledger" }),
};

const placedSchema = Type.Object(
  { kind: Type.Literal("placed"), ...step },
  { description: "The stake was held" },
);
const settledSchema = Type.Object(
  {
    kind: Type.Literal("settled"),
    ...step,
    decidedBy: Type.Object(
      { eventId: uuid("The event", EVENT), factVersion: version("Of what was known of it") },
      { description: "What decided the bet at last" },
    ),
    legs: Type.Array(paidLegSchema, { description: "Each as it was graded then" }),
    product: exact("The factors of the graded legs multiplied", "81", "50"),
    exactReturn: exact("Stake times product, in minor units, before rounding", "810", "1"),
    returnMinor: minor("After rounding: what is paid", 810),
  },
  { description: "The bet was decided and paid" },
);
const reversedSchema = Type.Object(
  {
    kind: Type.Literal("reversed"),
    ...step,
    reverses: version("The version whose entries are undone, each by its opposite"),
    reason: text("Why", "result_corrected"),
    text: text("The same in plain words", "What is known of the event has changed."),
    because: orNull(
      Type.Object({ eventId: Type.String({ format: "uuid" }), factVersion: Type.Integer({ minimum: 1 }) }),
      "The event, and the version of what is known of it, that changed the grade",
      { eventId: EVENT, factVersion: 2 },
    ),
  },
  { description: "A settlement was taken back" },
);
const voidedSchema = Type.Object(
  {
    kind: Type.Literal("void"),
    ...step,
    reason: text("Why, in the operator's words", "The price was a slip of the pen"),
    rule: text("Under which rule", "House rules 4.2: palpable errors"),
    by: text("The id of the operator's key", "4fQz8LrT1cXa"),
  },
  { description: "An operator gave the stake back" },
);

const waitsSchema = Type.Object(
  {
    why: text(
      "not_yet, fact_missing, facts_contradict, rule_missing, no_grader, nothing_known, awaiting_settlement or decided_without",
      "fact_missing",
    ),
    what: text("What is waited for or missing, in the words of the facts and rules", "score first_half"),
    text: text("The same in plain words", "It is not known: score first_half."),
  },
  { description: "Why a leg has no grade" },
);

const legSchema = Type.Object({
  legNumber: Type.Integer({ minimum: 1, examples: [1] }),
  eventId: uuid("The event", EVENT),
  sport: orNull(Type.String(), "Our name of it; null for an event that is gone", "soccer"),
  competition: text("Name of the competition", "England: Premier League"),
  home: text("Home side", "Liverpool"),
  away: text("Away side", "Everton"),
  startsAt: instant("Planned start when the bet was placed", "2025-09-20T11:30:00.000Z"),
  book: text("Whose price", "bet365"),
  ...selectionFields,
  price: exact("The exact price it was taken at, stake included", "81", "50"),
  waitsFor: Type.Union([waitsSchema, Type.Null()], {
    description: "Why the leg has no grade; null for one that has",
  }),
});

export const betExplanationSchema = Type.Object(
  {
    betId: uuid("The bet", "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e"),
    state: text("open, settled, void or quarantined", "settled"),
    currency: Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217", examples: ["EUR"] }),
    stakeMinor: minor("Minor units of the currency", 500),
    returnMinor: orNull(
      Type.Integer(),
      "What it has returned as it stands; null while it is not decided",
      810,
    ),
    placedAt: instant("When it was placed", "2025-09-20T10:59:00.000Z"),
    terms: Type.Object(
      {
        priceChange: text("What was to become of the bet if a price had moved", "better"),
        slippageBps: Type.Optional(Type.Integer({ examples: [200] })),
      },
      { description: "What the player agreed to beside price and rules" },
    ),
    rules: Type.Object(
      {
        version: version("Frozen into the bet at its placement"),
        publishedAt: instant("When", "2025-01-01T00:00:00.000Z"),
      },
      { description: "The house rules it stands under" },
    ),
    formula: text(
      "How a return is worked out",
      "stake × the product over all legs of v + (1 − v) · r · h · (1 + (price − 1) · (1 − d))",
    ),
    rounding: Type.Object({
      rule: text("As published", "nearest_minor_unit_halves_to_player"),
      text: text("In plain words", "Once, to the nearest minor unit; a half goes to the player."),
    }),
    failure: orNull(
      Type.String(),
      "What made its settlement fail, where it did: of a quarantined bet, why it waits for a person",
    ),
    legs: Type.Array(legSchema, { description: "What was bet on, as frozen at the placement" }),
    legsSoFar: Type.Union([Type.Array(paidLegSchema), Type.Null()], {
      description: "What the legs have come to while the bet is open or quarantined; null once it is decided",
    }),
    versions: Type.Array(Type.Union([placedSchema, settledSchema, reversedSchema, voidedSchema]), {
      description: "Everything that became of the bet, oldest first",
    }),
  },
  {
    description:
      "A bet from the facts to the entries: enough to work out every amount that was paid, now and before, without asking anything else",
  },
);

export type BetExplanation = Static<typeof betExplanationSchema>;
export type ExplainedLeg = BetExplanation["legs"][number];
export type ExplainedStep = BetExplanation["versions"][number];
export type SettledStep = Extract<ExplainedStep, { readonly kind: "settled" }>;
export type PaidLeg = SettledStep["legs"][number];
export type KnownFactView = PaidLeg["facts"][number];
export type AppliedRule = PaidLeg["rules"][number];
export type WaitsFor = NonNullable<ExplainedLeg["waitsFor"]>;
export type TransferView = ExplainedStep["transfers"][number];

export const schemas = { BetExplanation: betExplanationSchema };
