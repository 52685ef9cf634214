import { type Static, Type } from "@sinclair/typebox";
import type { ProblemTable } from "../http/mod.ts";

export const problems = {
  invalid_country: { status: 403, title: "The brand takes no money from the player's country" },
  tenant_not_licensed: { status: 403, title: "The brand takes no money, as it names no licence for it" },
  money_unchecked: {
    status: 503,
    title: "No money is taken until the brands' licences could be looked at",
    retryAfterSeconds: 5,
  },
} as const satisfies ProblemTable;

function oneOf<const T extends string>(values: readonly T[], description: string, example: T) {
  return Type.Union(
    values.map((value) => Type.Literal(value)),
    { description, examples: [example] },
  );
}

// A host of letters, digits and hyphens, then what a path or query needs: no quote, bracket, space or backslash, so that
// an address can stand anywhere a front end puts it.
const WEB_ADDRESS = "^https://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._~:/?#@!$&*+,;=%-]*)?$";

const colour = (example: string) =>
  Type.String({
    pattern: "^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$",
    description: "sRGB, with or without alpha",
    examples: [example],
  });

const webAddress = (description: string, example: string) =>
  Type.Union([Type.String({ pattern: WEB_ADDRESS, maxLength: 2048 }), Type.Null()], {
    description: `${description}; null when there is none`,
    examples: [example],
  });

const text = (maxLength: number, description: string, example: string) =>
  Type.String({ maxLength, description, examples: [example] });

export const FONTS = [
  "system",
  "inter",
  "roboto",
  "lato",
  "open-sans",
  "montserrat",
  "poppins",
  "oswald",
  "georgia",
] as const;
export const SCALES = ["compact", "regular", "large"] as const;
export const LAYOUTS = ["classic", "modern", "dense"] as const;
export const BUTTONS = ["square", "rounded", "pill"] as const;
export const CARDS = ["flat", "outlined", "raised"] as const;
export const LOGO_TYPES = ["text", "image"] as const;
export const ODDS_FORMATS = ["decimal", "fractional", "american"] as const;
export const NETWORKS = ["facebook", "instagram", "x", "youtube", "telegram", "tiktok", "discord"] as const;
export const FEATURES = ["liveBetting", "cashOut", "promotions", "liveChat", "statistics"] as const;

const minor = (description: string, example: number) =>
  Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description: `${description}, in minor units`,
    examples: [example],
  });

/** A tenant's public face: typed tokens, every field always present, nothing in it that a browser would run. */
export const themeSchema = Type.Object(
  {
    tenant: text(
      63,
      "The slug that was asked for; empty when the Host alone would name it and nobody could be asked",
      "supersports",
    ),
    name: text(120, "What visitors know the brand as", "Super Sports"),
    version: Type.Integer({
      minimum: 0,
      description: "Grows with every change; 0 while no theme is saved",
      examples: [3],
    }),
    colors: Type.Object({
      primary: colour("#0b5fff"),
      secondary: colour("#0a2540"),
      accent: colour("#ffb400"),
      background: colour("#ffffff"),
      surface: colour("#f4f6fa"),
      text: colour("#10141a"),
      textMuted: colour("#5b6675"),
      success: colour("#12805c"),
      danger: colour("#c62828"),
    }),
    typography: Type.Object({
      fontFamily: oneOf(FONTS, "Body text", "inter"),
      headingFamily: oneOf(FONTS, "Headings", "oswald"),
      scale: oneOf(SCALES, "Size of text as a whole", "regular"),
    }),
    layout: Type.Object({
      style: oneOf(LAYOUTS, "Arrangement of the page", "modern"),
      buttons: oneOf(BUTTONS, "Shape of buttons", "rounded"),
      cards: oneOf(CARDS, "Look of cards", "outlined"),
      radius: Type.Integer({
        minimum: 0,
        maximum: 48,
        description: "Corner radius in CSS pixels",
        examples: [8],
      }),
    }),
    logo: Type.Object({
      type: oneOf(LOGO_TYPES, "A text logo shows alt", "image"),
      url: webAddress("Where the image is", "https://cdn.supersports.test/logo.png"),
      alt: text(120, "What it says", "Super Sports"),
    }),
    faviconUrl: webAddress("Where the icon is", "https://cdn.supersports.test/favicon.png"),
    bannerUrl: webAddress("Where the banner is", "https://cdn.supersports.test/banner.jpg"),
    texts: Type.Object({
      welcome: text(500, "Greeting, plain text", "Welcome to Super Sports"),
      footer: text(2000, "Footer, plain text", "Play responsibly."),
    }),
    contact: Type.Object({
      email: Type.Union([Type.String({ maxLength: 254 }), Type.Null()], {
        examples: ["help@supersports.test"],
      }),
      phone: Type.Union([Type.String({ maxLength: 40 }), Type.Null()], { examples: ["+44 20 7946 0000"] }),
    }),
    social: Type.Array(
      Type.Object({
        network: oneOf(NETWORKS, "Which network", "x"),
        url: Type.String({ pattern: WEB_ADDRESS, maxLength: 2048, examples: ["https://x.com/supersports"] }),
      }),
      { maxItems: 20 },
    ),
    features: Type.Object({
      liveBetting: Type.Boolean(),
      cashOut: Type.Boolean(),
      promotions: Type.Boolean(),
      liveChat: Type.Boolean(),
      statistics: Type.Boolean(),
    }),
    betting: Type.Object({
      currency: Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217", examples: ["EUR"] }),
      oddsFormat: oneOf(ODDS_FORMATS, "How prices are shown unless the visitor chooses", "decimal"),
      minStakeMinor: minor("Smallest stake", 100),
      maxStakeMinor: minor("Largest stake", 100_000),
      maxPayoutMinor: minor("Largest payout of one bet", 5_000_000),
    }),
    compliance: Type.Object({
      licenceNumber: Type.Union([Type.String({ maxLength: 120 }), Type.Null()], {
        examples: ["MGA/B2C/000/2026"],
      }),
      regulator: Type.Union([Type.String({ maxLength: 200 }), Type.Null()], {
        examples: ["Malta Gaming Authority"],
      }),
      ageMark: Type.String({
        pattern: "^[0-9]{2}\\+$",
        description: "Must be shown on every page",
        examples: ["18+"],
      }),
      helpUrl: Type.String({
        pattern: WEB_ADDRESS,
        maxLength: 2048,
        description: "Help with gambling problems; must be shown on every page",
        examples: ["https://www.gamblingtherapy.org/"],
      }),
      countries: Type.Array(Type.String({ pattern: "^[A-Z]{2}$" }), {
        maxItems: 250,
        description: "Where the brand may take bets (ISO 3166-1)",
        examples: [["MT", "IE"]],
      }),
    }),
  },
  {
    description:
      "A tenant's theme. One shape always: a tenant that saved nothing, and one nobody can be asked about, have the built-in neutral values.",
  },
);

export type Theme = Static<typeof themeSchema>;

/** Web app manifest (W3C), as much of it as a theme decides. */
export const manifestSchema = Type.Object(
  {
    name: Type.String({ examples: ["Super Sports"] }),
    short_name: Type.String({ maxLength: 30, examples: ["Super Sports"] }),
    start_url: Type.String({ examples: ["/"] }),
    display: oneOf(["standalone"], "Shown without browser controls", "standalone"),
    background_color: colour("#ffffff"),
    theme_color: colour("#0b5fff"),
    icons: Type.Array(
      Type.Object({
        src: Type.String({ pattern: WEB_ADDRESS }),
        sizes: Type.String(),
        purpose: Type.String(),
      }),
      { maxItems: 1 },
    ),
  },
  { description: "A web app manifest" },
);

export type Manifest = Static<typeof manifestSchema>;

export const schemas = { Theme: themeSchema, Manifest: manifestSchema };
