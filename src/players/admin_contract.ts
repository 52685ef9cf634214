import { type Static, Type } from "@sinclair/typebox";
import { reasonSchema } from "../operators/mod.ts";
import { limitsChangeSchema } from "./contract.ts";
import { PLAYER_STATES } from "./players.ts";

const closed = { additionalProperties: false } as const;
export const stateSchema = Type.Union(
  PLAYER_STATES.map((state) => Type.Literal(state)),
  { description: "Only a verified player may deposit or bet", examples: ["verified"] },
);
const orNull = (format: "date-time" | undefined, description: string, example: string) =>
  Type.Union([Type.String(format && { format }), Type.Null()], { description, examples: [example] });

export const listedPlayerSchema = Type.Object(
  {
    playerId: Type.String({ format: "uuid", examples: ["01994e0a-3c00-7000-8000-00000000000b"] }),
    state: stateSchema,
    currency: Type.String({ description: "ISO 4217, of the wallet", examples: ["EUR"] }),
    country: orNull(undefined, "ISO 3166-1 alpha-2; null while it is not known", "MT"),
    coolingOffUntil: orNull(
      "date-time",
      "Neither bets nor deposits before then; null without a pause",
      "2025-09-26T12:00:00.000Z",
    ),
    frozenSince: orNull(
      "date-time",
      "Neither bets nor withdrawals since then, until it is lifted; null while not so",
      "2025-09-22T08:00:00.000Z",
    ),
    registeredAt: Type.String({ format: "date-time", examples: ["2025-09-19T12:00:00.000Z"] }),
  },
  { description: "A player, as operators list them: who it is stays with the player" },
);
export type ListedPlayerView = Static<typeof listedPlayerSchema>;

export const playerListSchema = Type.Object(
  {
    items: Type.Array(listedPlayerSchema),
    next: Type.Union([Type.String(), Type.Null()], {
      description: "Pass as cursor for the next page; null on the last",
      examples: ["MTc1ODI4MzIwMDAwMA.01994e0a-3c00-7000-8000-00000000000b"],
    }),
  },
  { description: "A page of players, the newest first" },
);
export type PlayerList = Static<typeof playerListSchema>;

export const stateChangeSchema = Type.Object(
  { state: stateSchema, reason: reasonSchema },
  { ...closed, description: "A player's next state" },
);

export const unfreezeSchema = Type.Object(
  { reason: reasonSchema },
  { ...closed, description: "Why a player may go on" },
);

export const operatorLimitsChangeSchema = Type.Object(
  { items: limitsChangeSchema.properties.items, reason: reasonSchema },
  { ...closed, description: "Limits to set for a player; those not named stay as they are" },
);

export const exampleListedPlayer: ListedPlayerView = {
  playerId: "01994e0a-3c00-7000-8000-00000000000b",
  state: "verified",
  currency: "EUR",
  country: "MT",
  coolingOffUntil: null,
  frozenSince: null,
  registeredAt: "2025-09-19T12:00:00.000Z",
};
export const exampleStateChange = { state: "verified", reason: "passport seen" };
export const exampleUnfreeze = { reason: "debt agreed to be paid in parts" };
export const exampleOperatorLimitsChange = {
  items: [{ kind: "deposit", period: "week", amountMinor: 20_000 }],
  reason: "agreed by telephone",
};

/** Component schemas, by the names the contract gives them. */
export const adminSchemas = {
  ListedPlayer: listedPlayerSchema,
  OperatorLimitsChange: operatorLimitsChangeSchema,
  PlayerList: playerListSchema,
  StateChange: stateChangeSchema,
  Unfreeze: unfreezeSchema,
};
