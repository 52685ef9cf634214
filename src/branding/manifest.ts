import type { Manifest, Theme } from "./contract.ts";

/** The web app manifest of a theme: what an installed copy of the site is called and looks like. */
export function manifestOf(theme: Theme): Manifest {
  return {
    name: theme.name,
    short_name: shortName(theme.name),
    start_url: "/",
    display: "standalone",
    background_color: theme.colors.background,
    theme_color: theme.colors.primary,
    icons: theme.faviconUrl === null ? [] : [{ src: theme.faviconUrl, sizes: "any", purpose: "any" }],
  };
}

// Whole characters: half of a surrogate pair is not text.
function shortName(name: string): string {
  return [...name].slice(0, 15).join("");
}
