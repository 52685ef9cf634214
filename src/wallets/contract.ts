import { type Static, Type } from "@sinclair/typebox";
import { minorToJson, type ProblemTable } from "../http/mod.ts";
import { reasonSchema } from "../operators/mod.ts";
import { CurrencyMismatchError, InsufficientFundsError } from "./errors.ts";

export const problems = {
  insufficient_funds: {
    status: 409,
    title: "The wallet does not hold as much",
    members: (error) =>
      error instanceof InsufficientFundsError
        ? { balanceMinor: minorToJson(error.balanceMinor), neededMinor: minorToJson(error.neededMinor) }
        : {},
    example: { balanceMinor: 1200, neededMinor: 5000 },
  },
  currency_mismatch: {
    status: 422,
    title: "The wallet is in another currency",
    members: (error) => (error instanceof CurrencyMismatchError ? { currency: error.currency } : {}),
    example: { currency: "EUR" },
  },
} as const satisfies ProblemTable;

const closed = { additionalProperties: false } as const;
const minor = (description: string, example: number) => Type.Integer({ description, examples: [example] });
const instant = (description: string, example: string) =>
  Type.String({ format: "date-time", description, examples: [example] });
const playerId = Type.String({
  format: "uuid",
  description: "Whose",
  examples: ["01994e0a-3c00-7000-8000-00000000000b"],
});
const transferId = Type.String({
  format: "uuid",
  description: "Names the transfer: all of its entries, on whatever account",
  examples: ["019961d8-7600-7c41-8a57-5e0f3f0b6a10"],
});
const currency = Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217", examples: ["EUR"] });

const balances = {
  currency,
  exponent: Type.Integer({
    minimum: 0,
    maximum: 3,
    description:
      "Decimals of the minor unit (ISO 4217): 5000 minor units are 50.00 EUR, 5000 JPY or 5.000 KWD",
    examples: [2],
  }),
  cashMinor: minor("To bet with or to withdraw, in minor units", 5000),
  heldMinor: minor("Held by open bets", 0),
  bonusMinor: minor("Given by the house, not to be withdrawn", 0),
};

export const walletSchema = Type.Object(
  {
    playerId,
    ...balances,
    at: instant("The moment it tells of", "2025-09-19T12:00:00.000Z"),
  },
  { description: "What a player has" },
);
export type WalletView = Static<typeof walletSchema>;

const TRANSFER_KINDS = [
  "deposit",
  "withdrawal",
  "adjustment",
  "stake",
  "settlement",
  "void",
  "reversal",
  "write_off",
] as const;
const kind = Type.Union(
  TRANSFER_KINDS.map((name) => Type.Literal(name)),
  { description: "What moved the money", examples: ["deposit"] },
);

export const entryListSchema = Type.Object(
  {
    currency,
    exponent: balances.exponent,
    items: Type.Array(
      Type.Object({
        transferId,
        kind,
        amountMinor: minor("In minor units: above zero came in, below zero went out", 5000),
        balanceMinor: minor("What was there after it, by the entries up to this one in order of time", 5000),
        betId: Type.Union([Type.String({ format: "uuid" }), Type.Null()], {
          description:
            "The bet that it is of, from its stake to what became of it; null for deposits, withdrawals and adjustments",
          examples: ["01994e0a-3c00-7000-8000-0000000000b1"],
        }),
        at: instant("When", "2025-09-19T12:00:00.000Z"),
      }),
    ),
    next: Type.Union([Type.String(), Type.Null()], {
      description: "Pass as cursor for the next page; null on the last",
      examples: ["019961d8-7600-7c41-8a57-5e0f3f0b6a10"],
    }),
  },
  { description: "A page of the entries of a player's account, the newest first" },
);
export type EntryList = Static<typeof entryListSchema>;

const AMOUNT_MAX_MINOR = 1_000_000_000_000;
const amountMinor = Type.Integer({
  minimum: 1,
  maximum: AMOUNT_MAX_MINOR,
  description: "In minor units",
  examples: [5000],
});

export const paymentSchema = Type.Object(
  {
    amountMinor,
    currency,
    reference: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 120,
        pattern: "^[\\x21-\\x7e]+$",
        description: "The payment's name at whoever made it; kept in the audit",
        examples: ["psp-7781"],
      }),
    ),
  },
  { ...closed, description: "Money that was paid in, or is to be paid out" },
);
export type Payment = Static<typeof paymentSchema>;

export const adjustmentSchema = Type.Object(
  {
    amountMinor: Type.Union(
      [
        Type.Integer({ minimum: -AMOUNT_MAX_MINOR, maximum: -1 }),
        Type.Integer({ minimum: 1, maximum: AMOUNT_MAX_MINOR }),
      ],
      { description: "In minor units: above zero gives, below zero takes", examples: [-500] },
    ),
    currency,
    part: Type.Optional(
      Type.Union([Type.Literal("cash"), Type.Literal("bonus")], {
        default: "cash",
        description: "Which part of the wallet",
        examples: ["cash"],
      }),
    ),
    reason: reasonSchema,
  },
  { ...closed, description: "A correction of a wallet" },
);
export type Adjustment = Static<typeof adjustmentSchema>;

export const movedSchema = Type.Object(
  {
    transferId,
    kind,
    playerId,
    amountMinor: minor("As the wallet has it: above zero came in, below zero went out", 5000),
    at: instant("When", "2025-09-19T12:00:00.000Z"),
    wallet: Type.Object(balances, { description: "What the player had after it" }),
  },
  { description: "Money that was moved" },
);
export type MovedView = Static<typeof movedSchema>;

const exampleBalances = { currency: "EUR", exponent: 2, cashMinor: 5000, heldMinor: 0, bonusMinor: 0 };
const examplePlayerId = "01994e0a-3c00-7000-8000-00000000000b";
const exampleAt = "2025-09-19T12:00:00.000Z";
const exampleTransferId = "019961d8-7600-7c41-8a57-5e0f3f0b6a10";

export const examples = {
  payment: { amountMinor: 5000, currency: "EUR", reference: "psp-7781" } satisfies Payment,
  adjustment: {
    amountMinor: -500,
    currency: "EUR",
    reason: "goodwill after a display error",
  } satisfies Adjustment,
  wallet: { playerId: examplePlayerId, ...exampleBalances, at: exampleAt } satisfies WalletView,
  entries: {
    currency: "EUR",
    exponent: 2,
    items: [
      {
        transferId: exampleTransferId,
        kind: "deposit",
        amountMinor: 5000,
        balanceMinor: 5000,
        betId: null,
        at: exampleAt,
      },
    ],
    next: null,
  } satisfies EntryList,
  moved: (kind: MovedView["kind"], amountMinor: number): MovedView => ({
    transferId: exampleTransferId,
    kind,
    playerId: examplePlayerId,
    amountMinor,
    at: exampleAt,
    wallet: exampleBalances,
  }),
};

/** Component schemas, by the names the contract gives them. */
export const schemas = {
  Adjustment: adjustmentSchema,
  EntryList: entryListSchema,
  MoneyMoved: movedSchema,
  Payment: paymentSchema,
  Wallet: walletSchema,
};
