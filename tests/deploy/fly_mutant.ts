/** A fault put into fly.toml, and the rules that must refuse it: these and no others. */
export interface Mutant {
  readonly name: string;
  readonly rules: readonly string[];
  readonly change: (text: string) => string;
}

/** Replaces the first match. */
export function swap(from: string | RegExp, to: string): Mutant["change"] {
  return (text) => text.replace(from, to);
}

/** Adds lines at the end. */
export function add(lines: string): Mutant["change"] {
  return (text) => `${text}\n${lines}\n`;
}

/** Adds a line to `[env]`. */
export function env(line: string): Mutant["change"] {
  return swap("[env]\n", `[env]\n${line}\n`);
}

/** The whole of a section whose heading begins with `heading`. */
export function section(heading: string): RegExp {
  return new RegExp(`${heading.replaceAll(/[[\].]/g, "\\$&")}\n(.+\n)+`);
}
