import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { LEGS_MAX, PRICE_CHANGES } from "./bet.ts";
import { LIMIT_SCOPES } from "./limits.ts";
import { STAKE_MAX_MINOR } from "./request.ts";

const EVENT = "01994e0a-3c00-7000-8000-0d9c1c2f7a11";

const minor = (description: string, example: number) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description, examples: [example] });
const oneOf = <T extends string>(values: readonly T[], description: string, example: T) =>
  Type.Union(
    values.map((value) => Type.Literal(value)),
    { description, examples: [example] },
  );
const instant = (description: string, example: string) =>
  Type.String({ format: "date-time", description, examples: [example] });
const UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
const uuid = (description: string, example: string) =>
  Type.String({ pattern: UUID, description, examples: [example] });
const words = (description: string, lengthMax: number, example: string) =>
  Type.String({ minLength: 1, maxLength: lengthMax, description, examples: [example] });
const currencySchema = Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217", examples: ["EUR"] });

const digits = (example: string) => Type.String({ pattern: "^[1-9][0-9]{0,17}$", examples: [example] });
const fractionSchema = Type.Object(
  { numerator: digits("81"), denominator: digits("50") },
  {
    additionalProperties: false,
    description: "The exact price, stake included, as `fraction` of an outcome of Odds",
  },
);

/** What is bet on, in the fields of the normal form. */
export const selectionFields = {
  marketType: words("In the normal form", 60, "1x2"),
  period: words("The stretch of play that decides", 60, "regulation"),
  label: Type.String({ maxLength: 500, description: "As in Odds, empty for known markets", examples: [""] }),
  lineQuarters: Type.Union([Type.Integer({ minimum: -100_000, maximum: 100_000 }), Type.Null()], {
    description: "The line in quarter units, null where there is none",
    examples: [null],
  }),
  outcome: words("What happens, in the normal form", 200, "home"),
};

const requestedLegSchema = Type.Object(
  {
    eventId: uuid("The event", EVENT),
    book: words("Whose price, as in Odds", 120, "bet365"),
    ...selectionFields,
    fraction: fractionSchema,
  },
  {
    additionalProperties: false,
    description:
      "A selection, and the price that was shown of it: compared with what is offered now, never believed",
  },
);

export const placeBetSchema = Type.Object(
  {
    stakeMinor: Type.Integer({
      minimum: 1,
      maximum: Number(STAKE_MAX_MINOR),
      description: "Minor units of the currency",
      examples: [500],
    }),
    currency: currencySchema,
    priceChange: Type.Optional(
      oneOf(
        PRICE_CHANGES,
        "What to do where a price has moved: `none` refuses, `better` takes a higher one, `any` takes all, `slippage` takes what is within slippageBps. The price taken is always the one offered. `none` when left out",
        "better",
      ),
    ),
    slippageBps: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 10_000,
        description:
          "With slippage alone, and then required: how much of the winnings at the price shown may be gone, in basis points. The least price is 1 + (price − 1) × (1 − slippageBps / 10000), for each leg",
        examples: [200],
      }),
    ),
    legs: Type.Array(requestedLegSchema, {
      minItems: 1,
      maxItems: 100,
      description: `One leg is a single, 2 to ${LEGS_MAX} are an accumulator: its price is their product`,
    }),
  },
  { additionalProperties: false, description: "A bet to place" },
);
export type PlaceBetBody = Static<typeof placeBetSchema>;

export const BET_STATES = ["open", "settled", "void", "quarantined"] as const;
const LEG_STATES = ["open", "won", "lost", "void", "half_won", "half_lost"] as const;

const legSchema = Type.Object({
  legNumber: Type.Integer({ minimum: 1, examples: [1] }),
  eventId: uuid("The event", EVENT),
  competition: Type.String({ description: "Name of the competition", examples: ["England: Premier League"] }),
  home: Type.String({ description: "Home side", examples: ["Liverpool"] }),
  away: Type.String({ description: "Away side", examples: ["Everton"] }),
  startsAt: instant("Planned start when the bet was placed", "2025-09-20T11:30:00.000Z"),
  book: Type.String({ description: "Whose price", examples: ["bet365"] }),
  ...selectionFields,
  fraction: Type.Object(
    { numerator: Type.String({ examples: ["81"] }), denominator: Type.String({ examples: ["50"] }) },
    { description: "The exact price it was taken at, stake included" },
  ),
  state: oneOf(
    LEG_STATES,
    "`open` until it is graded, and for good where the bet was decided without it",
    "open",
  ),
  resultVersion: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
    description: "Of the result it was graded by",
    examples: [null],
  }),
});
export type LegView = Static<typeof legSchema>;

/** A path's bet. */
export const betIdSchema = uuid("The bet", "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e");

export const betSchema = Type.Object(
  {
    betId: uuid("The bet", "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e"),
    state: oneOf(
      BET_STATES,
      "`quarantined`: it could not be settled, and waits for an operator with its stake held",
      "open",
    ),
    currency: currencySchema,
    stakeMinor: minor("Minor units of the currency", 500),
    potentialReturnMinor: minor("What it returns if all legs win, stake included", 810),
    returnMinor: Type.Union([minor("Paid", 810), Type.Null()], {
      description: "What it has returned; null while it is not settled",
      examples: [null],
    }),
    placedAt: instant("When it was placed", "2025-09-20T10:59:00.000Z"),
    settledAt: Type.Union([Type.String({ format: "date-time" }), Type.Null()], { examples: [null] }),
    rulesVersion: Type.Integer({
      minimum: 1,
      description: "Of the house rules it stands under",
      examples: [1],
    }),
    limitsVersion: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
      description: "Of the tenant's limits that were in force; null while it had set none",
      examples: [3],
    }),
    terms: Type.Object({
      priceChange: oneOf(PRICE_CHANGES, "As it was asked for", "none"),
      slippageBps: Type.Optional(Type.Integer({ examples: [200] })),
    }),
    void: Type.Union(
      [
        Type.Object({
          reason: Type.String({ examples: ["The price was a slip of the pen"] }),
          rule: Type.String({ examples: ["House rules 4.2: palpable errors"] }),
          at: instant("When", "2025-09-20T12:00:00.000Z"),
        }),
        Type.Null(),
      ],
      {
        description: "Why an operator has given the stake back; null unless the bet is void",
        examples: [null],
      },
    ),
    legs: Type.Array(legSchema),
  },
  { description: "A bet with its legs" },
);
export type BetView = Static<typeof betSchema>;

export const betListSchema = Type.Object(
  {
    items: Type.Array(betSchema),
    next: Type.Union([Type.String(), Type.Null()], {
      description: "Pass as cursor for the next page; null on the last",
      examples: ["01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e"],
    }),
  },
  { description: "A page of a player's bets, the latest first" },
);
export type BetList = Static<typeof betListSchema>;

export const voidBetSchema = Type.Object(
  {
    reason: words("Why, in words the player may read", 200, "The price was a slip of the pen"),
    rule: words("Under which rule", 120, "House rules 4.2: palpable errors"),
  },
  { additionalProperties: false, description: "Why a bet is void" },
);

/** At most so many rows of limits. */
const LIMITS_MAX = 1000;

const orNull = <S extends TSchema>(schema: S, description: string, example: unknown = null) =>
  Type.Optional(Type.Union([schema, Type.Null()], { description, examples: [example] }));
const bound = (description: string, example: number) =>
  orNull(
    Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    `${description}, in minor units; null bounds nothing`,
    example,
  );
const anyWord = (lengthMax: number) => Type.String({ minLength: 1, maxLength: lengthMax });
const anyId = Type.String({ pattern: UUID });

const limitSchema = Type.Object(
  {
    currency: currencySchema,
    scope: oneOf(LIMIT_SCOPES, "What the row is about", "event"),
    playerId: orNull(anyId, "The player, with that scope alone"),
    eventId: orNull(anyId, "The event, with that scope; with market and outcome any where null", EVENT),
    marketType: orNull(anyWord(60), "The market type, with the scopes market and outcome"),
    period: orNull(anyWord(60), "Of the market; any where null"),
    label: orNull(Type.String({ maxLength: 500 }), "Of the market; any where null"),
    lineQuarters: orNull(
      Type.Integer({ minimum: -100_000, maximum: 100_000 }),
      "Of the market; any where null",
    ),
    outcome: orNull(anyWord(200), "The outcome, with that scope alone"),
    stakeMinMinor: bound("The least stake", 100),
    stakeMaxMinor: bound("The largest stake", 100_000),
    payoutMaxMinor: bound("The largest potential return of one bet", 5_000_000),
    eventExposureMaxMinor: bound("What may be lost on one event", 10_000_000),
    outcomeExposureMaxMinor: bound("What may be lost on one outcome", 5_000_000),
  },
  {
    additionalProperties: false,
    description:
      "Bounds every bet that all of its fields name; of all rows that name a bet the strictest holds",
  },
);

const limitsFields = {
  version: Type.Integer({
    minimum: 0,
    description: "Of the whole, 0 while none was saved. A change names the version it was made from",
    examples: [3],
  }),
  bettingOpen: Type.Boolean({ description: "Whether any bet is taken", examples: [true] }),
  limits: Type.Array(limitSchema, { maxItems: LIMITS_MAX }),
};

export const bettingLimitsSchema = Type.Object(limitsFields, {
  additionalProperties: false,
  description: "What a tenant's bets are bounded by. Where no row speaks, small limits built in hold",
});

export const bettingLimitsSavedSchema = Type.Object(
  {
    ...limitsFields,
    placementsOver: Type.Boolean({
      description:
        "False when a placement that had begun before could not be waited for: it may still be taken",
      examples: [true],
    }),
  },
  { description: "The limits as they were saved" },
);

export const schemas = {
  BetToPlace: placeBetSchema,
  Bet: betSchema,
  BetList: betListSchema,
  BetVoid: voidBetSchema,
  BettingLimits: bettingLimitsSchema,
  BettingLimitsSaved: bettingLimitsSavedSchema,
};
