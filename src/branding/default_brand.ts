import type { Theme } from "./contract.ts";

/**
 * The built-in brand, for a tenant that saved nothing and for one that nobody can be asked about: neutral, with the age
 * mark and the help link that the law asks of every page, and with no offer.
 */
export function defaultBrand(slug: string): Theme {
  return {
    tenant: slug,
    name: "Sportsbook",
    version: 0,
    colors: {
      primary: "#1f4e79",
      secondary: "#24313f",
      accent: "#b7791f",
      background: "#ffffff",
      surface: "#f3f5f7",
      text: "#16202a",
      textMuted: "#5a6875",
      success: "#1e7d52",
      danger: "#b3261e",
    },
    typography: { fontFamily: "system", headingFamily: "system", scale: "regular" },
    layout: { style: "classic", buttons: "rounded", cards: "outlined", radius: 6 },
    logo: { type: "text", url: null, alt: "Sportsbook" },
    faviconUrl: null,
    bannerUrl: null,
    texts: { welcome: "Welcome", footer: "You must be 18 or over to bet. Please play responsibly." },
    contact: { email: null, phone: null },
    social: [],
    features: { liveBetting: false, cashOut: false, promotions: false, liveChat: false, statistics: false },
    betting: {
      currency: "EUR",
      oddsFormat: "decimal",
      minStakeMinor: 0,
      maxStakeMinor: 0,
      maxPayoutMinor: 0,
    },
    compliance: {
      licenceNumber: null,
      regulator: null,
      ageMark: "18+",
      helpUrl: "https://www.gamblingtherapy.org/",
      countries: [],
    },
  };
}
