const LINE = /^([+-]?)(\d{1,5})(?:\.(\d{1,4}))?$/;
const QUARTERS_BY_DECIMALS: Readonly<Record<string, number>> = { "": 0, "25": 1, "5": 2, "75": 3 };

/** A line as whole quarters, "-1.25" being −5 and "+0" 0; `undefined` if the text is no multiple of a quarter. */
export function parseLineQuarters(text: string): number | undefined {
  const [, sign, whole, decimals = ""] = LINE.exec(text.trim()) ?? [];
  const quarters = QUARTERS_BY_DECIMALS[decimals.replace(/0+$/, "")];
  if (whole === undefined || quarters === undefined) return undefined;
  const size = Number(whole) * 4 + quarters;
  return sign === "-" && size > 0 ? -size : size;
}
