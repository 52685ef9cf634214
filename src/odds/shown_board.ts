import { type Representation, represent } from "../http/mod.ts";
import { ageSecondsOf, headFor, marketsFor, type RawBoard, type Withheld } from "./board.ts";
import type { Odds } from "./contract.ts";
import type { OfferProfile } from "./offer.ts";

/** By what a stored board becomes one that is shown. Names no tenant: all who look the same way share the result. */
export interface Look {
  /** The same for equal looks. */
  readonly key: string;
  readonly profile: OfferProfile;
  readonly withheld: Withheld;
}

/** A board as text, and as a finished answer when it is asked for as one. */
export interface Shown {
  readonly text: string;
  representation(): Representation;
}

/** An event's board as all who share a look see it, at whatever moment. */
export interface ShownBoard {
  readonly raw: RawBoard;
  /** While the prices hold. */
  holding(): Shown;
  /** Once their time is over: every price suspended, with the age it has at this moment. */
  expired(epochMs: number): Shown;
  /** The texts of the markets made so far; they hold for every board with the same digest. */
  readonly made: MarketTexts;
}

interface MarketTexts {
  holding: string | undefined;
  expired: string | undefined;
}

const BYTES_PER_PRICE = 600;
const BYTES_AT_LEAST = 2000;

/**
 * A stored board through a look. Texts are made when they are first needed and kept; the markets' are taken over from the board
 * before if nothing in them has changed, so that a poll that only confirms the prices costs their head.
 */
export function showBoard(raw: RawBoard, look: Look, before?: ShownBoard): ShownBoard {
  const { profile, withheld } = look;
  const made: MarketTexts =
    before?.raw.digest === raw.digest ? before.made : { holding: undefined, expired: undefined };
  let holding: Shown | undefined;
  let expired: { readonly ageSeconds: number | null; readonly shown: Shown } | undefined;
  const textOf = (head: Omit<Odds, "markets">, markets: string) =>
    `${JSON.stringify(head).slice(0, -1)},"markets":${markets}}`;
  return {
    raw,
    made,
    holding() {
      made.holding ??= JSON.stringify(marketsFor(raw, profile, withheld));
      holding ??= shownOf(textOf(headFor(raw, profile, { expired: false, ageSeconds: null }), made.holding));
      return holding;
    },
    expired(epochMs) {
      const ageSeconds = ageSecondsOf(raw, epochMs);
      if (expired?.ageSeconds === ageSeconds && expired !== undefined) return expired.shown;
      made.expired ??= JSON.stringify(marketsFor(raw, profile, { ...withheld, expired: true }));
      const head = headFor(raw, profile, { expired: true, ageSeconds });
      expired = { ageSeconds, shown: shownOf(textOf(head, made.expired)) };
      return expired.shown;
    },
  };
}

/** The bytes a shown board takes at most, its texts and its encodings together; an estimate from what it shows. */
export function weighBoard({ markets }: RawBoard): number {
  return markets.reduce((sum, { outcomes }) => sum + outcomes.length * BYTES_PER_PRICE, BYTES_AT_LEAST);
}

/** A text that may be asked for as an answer. */
export function shownOf(text: string): Shown {
  let representation: Representation | undefined;
  return {
    text,
    representation() {
      representation ??= represent("application/json; charset=utf-8", text);
      return representation;
    },
  };
}
