import { Elysia } from "elysia";
import {
  answerPublic,
  cachedResponses,
  content,
  edgeProblems,
  type HotRoute,
  lastingCacheControl,
  operation,
  problemResponses,
  type Representation,
} from "../http/mod.ts";
import type { Outcome } from "../reads/mod.ts";
import { tenantParameter, tenantProblems } from "../tenants/mod.ts";
import type { Brand } from "./brand.ts";
import { exampleTheme } from "./examples.ts";
import { manifestOf } from "./manifest.ts";
import type { Branding } from "./read_branding.ts";
import { renderStylesheet } from "./stylesheet.ts";

export interface BrandingRoutesDeps {
  readonly branding: Branding;
  readonly freshMs: number;
}

/** The public face of a tenant, in three forms of one value. Always 200 for a tenant that exists or may exist. */
export function brandingRoutes(deps: BrandingRoutesDeps) {
  const answer = answerFrom(deps);
  return new Elysia({ name: "branding/routes" })
    .get(`/:tenant${THEME}`, ({ request, params }) => answer(request, params.tenant, theme), {
      detail: loadTheme,
    })
    .get(`/:tenant${STYLESHEET}`, ({ request, params }) => answer(request, params.tenant, stylesheet), {
      detail: getStylesheet,
    })
    .get(`/:tenant${MANIFEST}`, ({ request, params }) => answer(request, params.tenant, manifest), {
      detail: getManifest,
    });
}

/** The same three, for the listener itself: nearly all visitors ask for these, and nearly always they are in memory. */
export function hotBrandingRoutes(deps: BrandingRoutesDeps): readonly HotRoute[] {
  const { branding, freshMs } = deps;
  const cacheControl = lastingCacheControl(freshMs);
  const hot = (path: string, pick: (brand: Brand) => Representation): HotRoute => ({
    path,
    look(slug) {
      const look = (provenance: Outcome<Brand>) => ({
        representation: pick(provenance.value),
        provenance,
        cacheControl,
        again: (times: number) => branding.again(slug, provenance, times),
      });
      const outcome = branding.read(slug);
      return outcome instanceof Promise ? outcome.then(look) : look(outcome);
    },
  });
  return [hot(THEME, theme), hot(STYLESHEET, stylesheet), hot(MANIFEST, manifest)];
}

const THEME = "/api/public/load-theme";
const STYLESHEET = "/api/public/theme.css";
const MANIFEST = "/api/public/manifest.webmanifest";

function answerFrom({ branding, freshMs }: BrandingRoutesDeps) {
  const cacheControl = lastingCacheControl(freshMs);
  return (request: Request, slug: string, pick: (brand: Brand) => Representation) => {
    const finish = (provenance: Outcome<Brand>) =>
      answerPublic(request, { representation: pick(provenance.value), provenance, cacheControl });
    const outcome = branding.read(slug);
    return outcome instanceof Promise ? outcome.then(finish) : finish(outcome);
  };
}

const theme = (brand: Brand) => brand.theme;
const stylesheet = (brand: Brand) => brand.stylesheet;
const manifest = (brand: Brand) => brand.manifest;

const common = { tag: "branding", degradation: "default", parameters: [tenantParameter] } as const;
const refusals = problemResponses({ ...edgeProblems, ...tenantProblems }, [
  "host_invalid",
  "tenant_not_found",
  "tenant_suspended",
  "internal_error",
]);

const loadTheme = operation({
  ...common,
  operationId: "loadTheme",
  summary: "The tenant's theme",
  description:
    "Everything a front end needs to look like the tenant. Served fresh, else stale of any age, else as the built-in default brand, which is not to be stored.",
  responses: {
    ...cachedResponses("The theme", content("application/json", { schema: "Theme", example: exampleTheme })),
    ...refusals,
  },
});

const getStylesheet = operation({
  ...common,
  operationId: "getStylesheet",
  summary: "The theme as CSS custom properties",
  description: "Colours, fonts and radii of the theme, for a page that only links a stylesheet.",
  responses: {
    ...cachedResponses(
      "The stylesheet",
      content("text/css", { schema: { type: "string" }, example: renderStylesheet(exampleTheme) }),
    ),
    ...refusals,
  },
});

const getManifest = operation({
  ...common,
  operationId: "getManifest",
  summary: "The web app manifest",
  description: "What an installed copy of the site is called and looks like (W3C Web Application Manifest).",
  responses: {
    ...cachedResponses(
      "The manifest",
      content("application/manifest+json", { schema: "Manifest", example: manifestOf(exampleTheme) }),
    ),
    ...refusals,
  },
});
