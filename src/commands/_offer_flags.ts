import type { OfferSettings } from "../odds/mod.ts";

/** What `tenant set` was told, flag by flag. */
export interface OfferFlags {
  readonly "margin-bps"?: string | undefined;
  readonly margin?: readonly string[] | undefined;
  readonly off?: readonly string[] | undefined;
  readonly on?: readonly string[] | undefined;
  readonly "odds-format"?: string | undefined;
}

export interface OfferChange {
  /** What the settings become. */
  readonly change: (before: OfferSettings) => unknown;
  /** What could not be understood, a sentence each. */
  readonly faults: readonly string[];
}

type Off = OfferSettings["off"];
type Rule = OfferSettings["margins"][number];

/** Where the names of each kind are kept. */
const LISTS: Readonly<Record<string, keyof Off>> = {
  sport: "sports",
  competition: "competitions",
  market: "marketTypes",
  book: "books",
};
const KINDS = "sport:, competition:, market: or book:";

/** What the flags ask for, to be done to whatever is set now. */
export function readOfferFlags(flags: OfferFlags): OfferChange {
  const faults: string[] = [];
  const marginBps = flags["margin-bps"];
  const general = marginBps === undefined ? undefined : wholeNumber(marginBps);
  if (marginBps !== undefined && general === undefined)
    faults.push(`--margin-bps must be a whole number of basis points: it is "${marginBps}"`);
  const rules = (flags.margin ?? []).map((text) => readRule(text, faults));
  const off = readSwitches("--off", flags.off, faults);
  const on = readSwitches("--on", flags.on, faults);
  const format = flags["odds-format"];
  return {
    faults,
    change: (before) => ({
      ...before,
      ...(general !== undefined && { marginBps: general }),
      ...(format !== undefined && { oddsFormat: format }),
      margins: rules.reduce(withRule, before.margins),
      off: switched(before.off, off, on),
    }),
  };
}

interface RuleAsked {
  readonly target: Omit<Rule, "marginBps">;
  /** Absent: the rule is taken away. */
  readonly marginBps: number | undefined;
}

const RULE = /^(?:sport:(?<sport>[^/:=]+))?(?:(?:^|\/)market:(?<marketType>[^/:=]+))?=(?<bps>\d{1,9}|none)$/;

function readRule(text: string, faults: string[]): RuleAsked {
  const { sport, marketType, bps } = RULE.exec(text)?.groups ?? {};
  if (bps === undefined || (sport === undefined && marketType === undefined)) {
    faults.push(
      `--margin must be like sport:tennis=700, market:correct_score=1200, sport:soccer/market:1x2=400 or sport:tennis=none: it is "${text}"`,
    );
  }
  return {
    target: { ...(sport !== undefined && { sport }), ...(marketType !== undefined && { marketType }) },
    marginBps: bps === undefined ? undefined : wholeNumber(bps),
  };
}

function withRule(
  rules: OfferSettings["margins"],
  { target, marginBps }: RuleAsked,
): OfferSettings["margins"] {
  const others = rules.filter((rule) => rule.sport !== target.sport || rule.marketType !== target.marketType);
  return marginBps === undefined ? others : [...others, { ...target, marginBps }];
}

interface Named {
  readonly list: keyof Off;
  readonly name: string;
}

/** Lists of `kind:name`, in one flag or in several; a name goes on to the next comma, colons and all. */
function readSwitches(flag: string, given: readonly string[] | undefined, faults: string[]): Named[] {
  const words = (given ?? []).flatMap((text) => text.split(","));
  return words.flatMap((word) => {
    const at = word.indexOf(":");
    const list = at < 0 ? undefined : LISTS[word.slice(0, at)];
    const name = word.slice(at + 1);
    if (list !== undefined && name !== "") return [{ list, name }];
    faults.push(`${flag} takes ${KINDS} and a name: it is "${word}"`);
    return [];
  });
}

function switched(before: Off, off: readonly Named[], on: readonly Named[]): Off {
  const namesOf = (list: keyof Off) => {
    const back = new Set(on.filter((named) => named.list === list).map(({ name }) => name));
    const added = off.filter((named) => named.list === list).map(({ name }) => name);
    return [...new Set([...before[list], ...added])].filter((name) => !back.has(name));
  };
  return {
    sports: namesOf("sports"),
    competitions: namesOf("competitions"),
    marketTypes: namesOf("marketTypes"),
    books: namesOf("books"),
  };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
