import type { Theme } from "../branding/mod.ts";
import { insertOffer, NEUTRAL_SETTINGS, type OfferSettings } from "../odds/mod.ts";
import type { Pool } from "../pool/mod.ts";
import { insertBranding, insertTenant, selectTenantIds } from "./queries.ts";

/** A brand that exists for the demonstration alone. */
export interface DemoTenant {
  readonly slug: string;
  readonly displayName: string;
  readonly document: Omit<Theme, "tenant" | "version">;
  readonly offer: OfferSettings;
}

/**
 * Saves the five demo brands and their offers where they are missing, and leaves as they are those that someone has changed since.
 *
 * @returns The tenant ids by slug.
 */
export async function saveDemoTenants(
  pool: Pool,
  { at }: { at: Date },
): Promise<ReadonlyMap<string, string>> {
  await using lease = await pool.lease({ access: "write" });
  const slugs = DEMO_TENANTS.map(({ slug }) => slug);
  for (const { displayName, slug } of DEMO_TENANTS) {
    await insertTenant(lease.connection, { tenantId: Bun.randomUUIDv7(), slug, displayName, at });
  }
  const ids = new Map(
    (await selectTenantIds(lease.connection, slugs)).map((row) => [row.slug, row.tenant_id]),
  );
  for (const { document, slug } of DEMO_TENANTS) {
    const tenantId = ids.get(slug);
    if (tenantId !== undefined) await insertBranding(lease.connection, { tenantId, document, at });
  }
  await lease.commit();
  await saveDemoOffers(pool, { ids, at });
  return ids;
}

/** Each in its own tenant's name: no other could write it. */
async function saveDemoOffers(
  pool: Pool,
  { ids, at }: { ids: ReadonlyMap<string, string>; at: Date },
): Promise<void> {
  for (const { offer, slug } of DEMO_TENANTS) {
    const tenantId = ids.get(slug);
    if (tenantId === undefined) continue;
    await using lease = await pool.lease({ access: "write", tenantId });
    await insertOffer(lease.connection, { tenantId, settings: offer, at });
    await lease.commit();
  }
}

// No licence is claimed where there is none: number and regulator say that this is a demonstration.
const compliance = (number: number, countries: string[]): Theme["compliance"] => ({
  licenceNumber: `DEMO-000${number}`,
  regulator: "None: a demonstration without real money",
  ageMark: "18+",
  helpUrl: "https://www.gamblingtherapy.org/",
  countries,
});

export const DEMO_TENANTS: readonly DemoTenant[] = [
  {
    slug: "supersports",
    displayName: "Super Sports",
    offer: NEUTRAL_SETTINGS,
    document: {
      name: "Super Sports",
      colors: {
        primary: "#0b5fff",
        secondary: "#0a2540",
        accent: "#ffb400",
        background: "#ffffff",
        surface: "#f2f6ff",
        text: "#0d1626",
        textMuted: "#56637a",
        success: "#0f7a4f",
        danger: "#c3272b",
      },
      typography: { fontFamily: "inter", headingFamily: "oswald", scale: "regular" },
      layout: { style: "modern", buttons: "rounded", cards: "raised", radius: 10 },
      logo: { type: "image", url: "https://assets.supersports.example/logo.svg", alt: "Super Sports" },
      faviconUrl: "https://assets.supersports.example/favicon.png",
      bannerUrl: "https://assets.supersports.example/banner.jpg",
      texts: {
        welcome: "Every match. Every minute.",
        footer: "Super Sports is for adults. Set a limit before you start.",
      },
      contact: { email: "help@supersports.example", phone: "+44 20 7946 0001" },
      social: [{ network: "x", url: "https://social.example/supersports" }],
      features: { liveBetting: true, cashOut: false, promotions: true, liveChat: true, statistics: true },
      betting: {
        currency: "EUR",
        oddsFormat: "decimal",
        minStakeMinor: 50,
        maxStakeMinor: 100_000,
        maxPayoutMinor: 5_000_000,
      },
      compliance: compliance(1, ["IE", "MT", "DE"]),
    },
  },
  {
    slug: "queensberry",
    displayName: "Queensberry & Sons",
    offer: {
      ...NEUTRAL_SETTINGS,
      marginBps: 300,
      margins: [{ marketType: "correct_score", marginBps: 1200 }],
      oddsFormat: "fractional",
    },
    document: {
      name: "Queensberry & Sons",
      colors: {
        primary: "#0f4d33",
        secondary: "#3b2a1a",
        accent: "#b8903e",
        background: "#fbf7ef",
        surface: "#f1e9d8",
        text: "#231a10",
        textMuted: "#6b5d4a",
        success: "#1d6b3a",
        danger: "#8c1d18",
      },
      typography: { fontFamily: "georgia", headingFamily: "georgia", scale: "large" },
      layout: { style: "classic", buttons: "square", cards: "outlined", radius: 0 },
      logo: { type: "text", url: null, alt: "Queensberry & Sons" },
      faviconUrl: null,
      bannerUrl: "https://assets.queensberry.example/paddock.jpg",
      texts: {
        welcome: "Good afternoon. The prices are up.",
        footer: "When the fun stops, stop. Over 18s only.",
      },
      contact: { email: "clerk@queensberry.example", phone: "+44 20 7946 0002" },
      social: [],
      features: { liveBetting: false, cashOut: false, promotions: false, liveChat: false, statistics: true },
      betting: {
        currency: "GBP",
        oddsFormat: "fractional",
        minStakeMinor: 100,
        maxStakeMinor: 500_000,
        maxPayoutMinor: 25_000_000,
      },
      compliance: compliance(2, ["GB"]),
    },
  },
  {
    slug: "nattljus",
    displayName: "Nattljus",
    offer: {
      ...NEUTRAL_SETTINGS,
      marginBps: 500,
      off: { ...NEUTRAL_SETTINGS.off, marketTypes: ["asian_handicap"] },
    },
    document: {
      name: "Nattljus",
      colors: {
        primary: "#7ee0c3",
        secondary: "#1c2f4a",
        accent: "#ff7ac6",
        background: "#0b1220",
        surface: "#152034",
        text: "#eaf1fb",
        textMuted: "#93a4bd",
        success: "#58d68d",
        danger: "#ff6b6b",
      },
      typography: { fontFamily: "lato", headingFamily: "montserrat", scale: "regular" },
      layout: { style: "modern", buttons: "pill", cards: "flat", radius: 24 },
      logo: { type: "text", url: null, alt: "Nattljus" },
      faviconUrl: "https://assets.nattljus.example/icon.png",
      bannerUrl: null,
      texts: { welcome: "Välkommen till kvällens matcher", footer: "Spela ansvarsfullt. Åldersgräns 18 år." },
      contact: { email: "hej@nattljus.example", phone: null },
      social: [{ network: "instagram", url: "https://social.example/nattljus" }],
      features: { liveBetting: true, cashOut: false, promotions: false, liveChat: true, statistics: false },
      betting: {
        currency: "SEK",
        oddsFormat: "decimal",
        minStakeMinor: 1000,
        maxStakeMinor: 1_000_000,
        maxPayoutMinor: 50_000_000,
      },
      compliance: compliance(3, ["SE"]),
    },
  },
  {
    slug: "golaco",
    displayName: "Golaço!",
    offer: { ...NEUTRAL_SETTINGS, marginBps: 800, margins: [{ sport: "soccer", marginBps: 200 }] },
    document: {
      name: "Golaço!",
      colors: {
        primary: "#00843d",
        secondary: "#002776",
        accent: "#ffdf00",
        background: "#fffdf2",
        surface: "#f3f8e6",
        text: "#10240f",
        textMuted: "#50664d",
        success: "#00843d",
        danger: "#d7263d",
      },
      typography: { fontFamily: "poppins", headingFamily: "poppins", scale: "large" },
      layout: { style: "dense", buttons: "pill", cards: "raised", radius: 16 },
      logo: { type: "image", url: "https://assets.golaco.example/logo.png", alt: "Golaço!" },
      faviconUrl: "https://assets.golaco.example/favicon.png",
      bannerUrl: "https://assets.golaco.example/arquibancada.jpg",
      texts: {
        welcome: "A bola vai rolar!",
        footer: "Jogue com responsabilidade. Proibido para menores de 18 anos.",
      },
      contact: { email: "ajuda@golaco.example", phone: "+55 11 5550 0004" },
      social: [
        { network: "youtube", url: "https://social.example/golaco" },
        { network: "telegram", url: "https://chat.example/golaco" },
      ],
      features: { liveBetting: true, cashOut: false, promotions: true, liveChat: false, statistics: true },
      betting: {
        currency: "BRL",
        oddsFormat: "decimal",
        minStakeMinor: 100,
        maxStakeMinor: 500_000,
        maxPayoutMinor: 20_000_000,
      },
      compliance: compliance(4, ["BR"]),
    },
  },
  {
    slug: "gridiron",
    displayName: "Gridiron Club",
    offer: { ...NEUTRAL_SETTINGS, marginBps: 450, oddsFormat: "american" },
    document: {
      name: "Gridiron Club",
      colors: {
        primary: "#c8102e",
        secondary: "#1b1b1f",
        accent: "#f2f2f2",
        background: "#121215",
        surface: "#1f1f25",
        text: "#f7f7f8",
        textMuted: "#a3a3ad",
        success: "#3ccf7a",
        danger: "#ff5a4f",
      },
      typography: { fontFamily: "roboto", headingFamily: "oswald", scale: "compact" },
      layout: { style: "dense", buttons: "square", cards: "outlined", radius: 2 },
      logo: { type: "text", url: null, alt: "GRIDIRON CLUB" },
      faviconUrl: null,
      bannerUrl: null,
      texts: {
        welcome: "Lines up. Game on.",
        footer: "Must be 21 or over and present where betting is legal.",
      },
      contact: { email: "desk@gridiron.example", phone: "+1 212 555 0105" },
      social: [{ network: "discord", url: "https://chat.example/gridiron" }],
      features: { liveBetting: false, cashOut: false, promotions: true, liveChat: true, statistics: true },
      betting: {
        currency: "USD",
        oddsFormat: "american",
        minStakeMinor: 100,
        maxStakeMinor: 250_000,
        maxPayoutMinor: 10_000_000,
      },
      compliance: { ...compliance(5, ["US"]), ageMark: "21+" },
    },
  },
];
