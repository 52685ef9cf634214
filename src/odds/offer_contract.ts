import { type Static, Type } from "@sinclair/typebox";

/** How prices are written for people. */
export const ODDS_FORMATS = ["decimal", "american", "fractional"] as const;
export type OddsFormat = (typeof ODDS_FORMATS)[number];

/** Half of what a winner would win; nobody means more. */
export const MARGIN_BPS_MAX = 5000;

export const oddsFormatSchema = Type.Union(
  ODDS_FORMATS.map((format) => Type.Literal(format)),
  { description: "How the tenant has its prices written", examples: ["decimal"] },
);

const bps = (description: string) =>
  Type.Integer({ minimum: 0, maximum: MARGIN_BPS_MAX, description, examples: [500] });
const names = (pattern: string, maxItems: number, description: string) =>
  Type.Array(Type.String({ pattern }), { maxItems, description });

const CODE = "^[a-z0-9_]{1,60}$";
// Ids and names are the sources' own: one line of text.
const NAME = "^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]{1,120}$";

/** What a tenant decides about prices and about what it shows. */
export const offerSettingsSchema = Type.Object(
  {
    marginBps: bps("Margin on every market no rule fits, in basis points of what a winner would win"),
    margins: Type.Array(
      Type.Object(
        {
          sport: Type.Optional(Type.String({ pattern: CODE })),
          marketType: Type.Optional(Type.String({ pattern: CODE })),
          marginBps: bps("Margin where the rule fits"),
        },
        { additionalProperties: false },
      ),
      { maxItems: 200, description: "Rules: sport and market type before market type before sport" },
    ),
    off: Type.Object(
      {
        sports: names(CODE, 50, "Sports that are not shown"),
        competitions: names(NAME, 200, "Competitions that are not shown, by id"),
        marketTypes: names(CODE, 100, "Market types that are not shown"),
        books: names(NAME, 100, "Books whose prices are not shown"),
      },
      { additionalProperties: false, description: "What is switched off" },
    ),
    oddsFormat: oddsFormatSchema,
  },
  { additionalProperties: false, description: "A tenant's margin, switches and odds format" },
);
export type OfferSettings = Static<typeof offerSettingsSchema>;
