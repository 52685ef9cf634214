import type { Theme } from "./contract.ts";

const FONT_STACKS: Readonly<Record<Theme["typography"]["fontFamily"], string>> = {
  system: "system-ui, sans-serif",
  inter: "Inter, system-ui, sans-serif",
  roboto: "Roboto, system-ui, sans-serif",
  lato: "Lato, system-ui, sans-serif",
  "open-sans": '"Open Sans", system-ui, sans-serif',
  montserrat: "Montserrat, system-ui, sans-serif",
  poppins: "Poppins, system-ui, sans-serif",
  oswald: "Oswald, system-ui, sans-serif",
  georgia: "Georgia, serif",
};

const SCALE_FACTORS: Readonly<Record<Theme["typography"]["scale"], string>> = {
  compact: "0.9",
  regular: "1",
  large: "1.15",
};

const BUTTON_RADII: Readonly<Record<Theme["layout"]["buttons"], string>> = {
  square: "0",
  rounded: "var(--radius)",
  pill: "999px",
};

/**
 * The theme as CSS custom properties. The text is ours: a tenant chooses only among colours, names of fonts we know and
 * numbers, so that nothing a tenant saves can end a declaration or fetch anything.
 */
export function renderStylesheet(theme: Theme): string {
  const declarations = Object.entries(customProperties(theme)).map(
    ([name, value]) => `  --${name}: ${value};`,
  );
  return `:root {\n${declarations.join("\n")}\n}\n`;
}

function customProperties({ colors, typography, layout }: Theme): Record<string, string> {
  return {
    "color-primary": colors.primary,
    "color-secondary": colors.secondary,
    "color-accent": colors.accent,
    "color-background": colors.background,
    "color-surface": colors.surface,
    "color-text": colors.text,
    "color-text-muted": colors.textMuted,
    "color-success": colors.success,
    "color-danger": colors.danger,
    "font-body": FONT_STACKS[typography.fontFamily],
    "font-heading": FONT_STACKS[typography.headingFamily],
    "font-scale": SCALE_FACTORS[typography.scale],
    radius: `${layout.radius}px`,
    "button-radius": BUTTON_RADII[layout.buttons],
  };
}
