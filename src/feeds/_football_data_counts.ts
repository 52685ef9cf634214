import type { CountClaim, Side, Statistic } from "../results/mod.ts";

type CountColumn = "HC" | "AC" | "HY" | "AY" | "HR" | "AR";

const COUNT = /^\d{1,2}$/;
const SIDES = [
  { side: "home", corners: "HC", yellow: "HY", red: "HR" },
  { side: "away", corners: "AC", yellow: "AY", red: "AR" },
] as const;
/** England and Scotland, by the first letters of their divisions. */
const BRITISH = /^(E|SC)/;

/**
 * Corners and cards of a match that is over, of its 90 minutes and stoppage time. A blank is not known, never 0.
 *
 * Ours counts the first yellow card of whoever is shown a second one, which is a red. The site's notes say that its English and Scottish
 * counts leave that first one out, and the others do not: beside a red card theirs is then the least it can be.
 */
export function countsIn(text: (column: CountColumn) => string, division: string): CountClaim[] {
  return SIDES.flatMap(({ side, corners, yellow, red }) => {
    const [cornerCount, yellows, reds] = [corners, yellow, red].map((column) => text(column));
    const isWhole = reds === "0" || (!BRITISH.test(division) && COUNT.test(reds ?? ""));
    return [
      ...countOf("corners", { side, text: cornerCount, final: true }),
      ...countOf("yellow_cards", { side, text: yellows, final: isWhole }),
      ...countOf("red_cards", { side, text: reds, final: true }),
    ];
  });
}

function countOf(
  statistic: Statistic,
  { side, text, final }: { readonly side: Side; readonly text: string | undefined; readonly final: boolean },
): CountClaim[] {
  if (text === undefined || !COUNT.test(text)) return [];
  return [{ statistic, period: "regulation", side, value: Number(text), final }];
}
