import { attributeAt, isRecord, type JsonRecord, listAt, recordAt, textAt } from "./_json.ts";

/** Where matches stand in the vendor's answers: in lists of `matches` or `match`, or by themselves as a `match`. */
export const MATCH_PLACES = {
  lists: new Set(["matches", "match"]),
  records: new Set(["match"]),
} as const;

/** A match as it stands in an answer's outline, with what it stands in. */
export interface MatchPlace {
  /** The number under which it was read; or itself, where it alone stands for a list of `matches`. */
  readonly match: number | JsonRecord;
  readonly category: { readonly id: string; readonly name: string };
}

/** The `scores` of an answer, bare or in the container the stored files have. */
export function scoresOf(outline: unknown): JsonRecord {
  const root = isRecord(outline) ? outline : {};
  return recordAt(isRecord(root["odds_data"]) ? root["odds_data"] : root, "scores");
}

export function sportOf(outline: unknown): string {
  const metadata = recordAt(isRecord(outline) ? outline : {}, "metadata");
  return (attributeAt(scoresOf(outline), "sport") || textAt(metadata, "sport")).toLowerCase();
}

/** The categories of an answer, under either of their names; `undefined` if it has none of them. */
export function categoriesOf(scores: JsonRecord): readonly JsonRecord[] | undefined {
  const field = ["categories", "category"].find((name) => name in scores);
  return field === undefined ? undefined : listAt(scores, field);
}

/** Every match of a category, whichever of the vendor's two containers holds them. */
export function placesIn(record: JsonRecord): MatchPlace[] {
  const category = { id: attributeAt(record, "id"), name: attributeAt(record, "name") };
  const matches = record["matches"];
  if (isRecord(matches) && !("match" in matches)) return [{ match: matches, category }];
  const marks = isRecord(matches) ? listAt(matches, "match") : listAt(record, "matches");
  return marks.flatMap((mark) => placeOf(mark, category));
}

/** The place of the match that left this mark. */
export function placeOf(mark: unknown, category: MatchPlace["category"]): MatchPlace[] {
  const element = isRecord(mark) ? mark["element"] : undefined;
  return typeof element === "number" ? [{ match: element, category }] : [];
}
