import { NEUTRAL_SETTINGS, type OfferSettings, readOffer } from "../odds/mod.ts";
import { UsageError } from "./_command_line.ts";
import { readJsonFile } from "./_json_file.ts";

/** What `tenant set` was told, flag by flag. */
export interface OfferFlags {
  readonly "margin-bps"?: string | undefined;
  readonly margin?: readonly string[] | undefined;
  readonly off?: readonly string[] | undefined;
  readonly on?: readonly string[] | undefined;
  readonly "odds-format"?: string | undefined;
  readonly file?: string | undefined;
}

/** What a tenant's settings become of what they are. */
type Change = (before: OfferSettings) => unknown;

/** The flags that change something by themselves; the file stands for all of them. */
const CHANGING = ["margin-bps", "margin", "off", "on", "odds-format"] as const;

/**
 * What is to become of a tenant's offer.
 *
 * @throws {UsageError} Naming everything that is wrong with the flags at once, before the database is asked.
 * @throws {FileUnreadableError}
 */
export async function readOfferChange(flags: OfferFlags): Promise<Change> {
  const { file } = flags;
  const given = CHANGING.filter((flag) => flags[flag] !== undefined).map((flag) => `--${flag}`);
  if (file === undefined && given.length === 0)
    throw new UsageError(`Say what to set: ${CHANGING.map((flag) => `--${flag}`).join(", ")} or --file`);
  if (file === undefined) return changeOfFlags(flags);
  if (given.length > 0) throw new UsageError(`--file is the whole offer: leave out ${given.join(", ")}`);
  const document = await readJsonFile(file);
  return () => document;
}

function changeOfFlags(flags: OfferFlags): Change {
  const { change, faults } = readFlags(flags);
  const read = readOffer(change(NEUTRAL_SETTINGS));
  const refused = "faults" in read ? read.faults.map(({ path, reason }) => `${path} ${reason}`) : [];
  if (faults.length + refused.length > 0) throw new UsageError([...faults, ...refused].join("\n"));
  return change;
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

/** What the flags ask for, to be done to whatever is set now, and what of them could not be understood. */
function readFlags(flags: OfferFlags): { readonly change: Change; readonly faults: readonly string[] } {
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
