import type { Theme } from "./contract.ts";
import { defaultBrand } from "./default_brand.ts";

/** A brand as the contract shows it. */
export const exampleTheme: Theme = {
  ...defaultBrand("supersports"),
  name: "Super Sports",
  version: 3,
  colors: {
    primary: "#0b5fff",
    secondary: "#0a2540",
    accent: "#ffb400",
    background: "#ffffff",
    surface: "#f4f6fa",
    text: "#10141a",
    textMuted: "#5b6675",
    success: "#12805c",
    danger: "#c62828",
  },
  typography: { fontFamily: "inter", headingFamily: "oswald", scale: "regular" },
  layout: { style: "modern", buttons: "rounded", cards: "raised", radius: 8 },
  logo: { type: "image", url: "https://cdn.supersports.test/logo.png", alt: "Super Sports" },
  faviconUrl: "https://cdn.supersports.test/favicon.png",
  contact: { email: "help@supersports.test", phone: "+44 20 7946 0000" },
  social: [{ network: "x", url: "https://x.com/supersports" }],
  features: { liveBetting: true, cashOut: false, promotions: false, liveChat: false, statistics: true },
  betting: {
    currency: "EUR",
    oddsFormat: "decimal",
    minStakeMinor: 100,
    maxStakeMinor: 100_000,
    maxPayoutMinor: 5_000_000,
  },
};
