import type { BetExplanation } from "../explanations/mod.ts";
import { formatDecimalPrice, fraction } from "../markets/mod.ts";
import { formatMinor } from "../wallets/mod.ts";
import { plain } from "./_words.ts";

type Leg = BetExplanation["legs"][number];
type Step = BetExplanation["versions"][number];
type PaidLeg = Extract<Step, { readonly kind: "settled" }>["legs"][number];
type Exact = Leg["price"];

/** An explanation as one would tell it: what was bet, what became of it in order, and what it rests on. Pure. */
export function explanationInWords(bet: BetExplanation): string {
  const money = (minor: number) => `${formatMinor(BigInt(minor), bet.currency)} ${bet.currency}`;
  const back = bet.returnMinor === null ? "" : `, has returned ${money(bet.returnMinor)}`;
  const lines = [
    `Bet ${bet.betId}: ${bet.state}, stake ${money(bet.stakeMinor)}${back}`,
    `Placed at ${bet.placedAt} under house rules ${bet.rules.version} of ${bet.rules.publishedAt}`,
    ...(bet.failure === null ? [] : [`Its settlement failed: ${plain(bet.failure)}`]),
    ...bet.legs.flatMap(legInWords),
    ...(bet.legsSoFar ?? []).filter(({ grade }) => grade !== null).flatMap(paidLegInWords),
    `A return is ${bet.formula}. ${bet.rounding.text}`,
    ...bet.versions.flatMap((step) => ["", ...stepInWords(step, money)]),
  ];
  return lines.join("\n");
}

function legInWords({ legNumber, waitsFor, price, ...leg }: Leg): string[] {
  const line = leg.lineQuarters === null ? "" : ` ${leg.lineQuarters / 4}`;
  const market = plain(leg.label === "" ? `${leg.marketType} ${leg.period}` : leg.label);
  const on = `${plain(leg.home)} against ${plain(leg.away)}, ${leg.startsAt}`;
  const at = `${inFull(price)} (${formatDecimalPrice(fraction(BigInt(price.numerator), BigInt(price.denominator)))})`;
  return [
    `Leg ${legNumber}: ${plain(leg.outcome)}${line} of ${market} at ${at}, ${on}`,
    ...(waitsFor === null ? [] : [`  no grade: ${plain(waitsFor.text)}`]),
  ];
}

function stepInWords(step: Step, money: (minor: number) => string): string[] {
  const moved = step.transfers.flatMap(({ kind, entries }) => [
    `  ledger, ${kind}: ${entries.map(({ account, amountMinor }) => `${account} ${signed(money(amountMinor))}`).join(", ")}`,
  ]);
  const told = `Version ${step.version}, ${step.at}:`;
  switch (step.kind) {
    case "placed":
      return [`${told} the stake was held`, ...moved];
    case "void":
      return [`${told} void by key ${plain(step.by)}: ${plain(step.reason)} (${plain(step.rule)})`, ...moved];
    case "reversed": {
      const cause =
        step.because === null ? "" : ` (event ${step.because.eventId}, facts ${step.because.factVersion})`;
      return [`${told} version ${step.reverses} was taken back. ${plain(step.text)}${cause}`, ...moved];
    }
    case "settled":
      return [
        `${told} settled by the facts of event ${step.decidedBy.eventId} as of ${step.decidedBy.factVersion}`,
        ...step.legs.flatMap(paidLegInWords),
        `  product ${inFull(step.product)}, exactly ${inFull(step.exactReturn)} minor units, rounded ${money(step.returnMinor)}`,
        ...moved,
      ];
  }
}

function paidLegInWords({ legNumber, grade, factor, facts, rules }: PaidLeg): string[] {
  if (grade === null || factor === null) return [`  leg ${legNumber}: the bet was decided without it`];
  const { result, voidFactor, deadHeatFactor, winningsDeduction } = grade;
  const parts = `r ${result}, v ${inFull(voidFactor)}, h ${inFull(deadHeatFactor)}, d ${inFull(winningsDeduction)}`;
  return [
    `  leg ${legNumber}: ${grade.text} ${parts}: factor ${inFull(factor)}`,
    ...facts.map((fact) => `    fact: ${factInWords(fact)}`),
    ...rules.map(({ section, text }) => `    rule ${section}: ${text}`),
  ];
}

function factInWords(fact: PaidLeg["facts"][number]): string {
  const about = [fact.statistic, fact.period, fact.side, fact.subject].filter((word) => word !== null);
  const name = [fact.fact === "count" ? [] : [fact.fact], about].flat().join(" ");
  const said = [fact.value, ...(fact.detail === null ? [] : [detailInWords(fact.detail)])];
  const what = said.filter((one) => one !== null).join(" ");
  const certainty = fact.certainty === null ? "" : `, ${fact.certainty}`;
  const actor = fact.actor === null ? "" : `, by key ${fact.actor}`;
  return plain(
    `${name} ${what}${fact.final ? "" : " so far"} (${fact.source}${certainty}${actor}, true at ${fact.trueAt}, known at ${fact.knownAt})`,
  );
}

function detailInWords(detail: Readonly<Record<string, unknown>>): string {
  const [only, ...more] = Object.entries(detail);
  if (more.length === 0 && typeof only?.[1] === "string") return only[1];
  return JSON.stringify(detail);
}

function inFull({ numerator, denominator }: Exact): string {
  return denominator === "1" ? numerator : `${numerator}/${denominator}`;
}

function signed(amount: string): string {
  return amount.startsWith("-") ? amount : `+${amount}`;
}
