/** What settlement's own errors say of a bet, by their codes, for a trader to read. */
const FAILURES: Readonly<Record<string, string>> = {
  leg_ungradable: "No rule grades its market",
  account_missing: "Its player has no account in its currency",
  transfer_repeated: "The ledger has paid this settlement before",
  settlement_fenced: "Somebody else has changed it meanwhile",
  result_missing: "Nothing is known of its event",
  "22003": "One of its numbers is too large to be stored, as its return is",
};

/** Why a bet could not be settled, by the code that was kept: our own, or an SQLSTATE with its constraint. */
export function failureWords(failure: string): string {
  const [code = ""] = failure.split(" ");
  const known = FAILURES[failure] ?? FAILURES[code];
  if (known !== undefined) return known;
  if (/^[0-9A-Z]{5}$/.test(code)) {
    const constraint = failure.slice(code.length).trim();
    return `The database refused it${constraint === "" ? "" : ` by the rule "${constraint}"`} (SQLSTATE ${code})`;
  }
  if (failure.startsWith("leg_undecided")) return `Nothing decides it: ${failure.slice(14)}`;
  return `Settlement failed with ${failure === "" ? "no reason kept" : `"${failure}"`}`;
}

const UNDECIDED: Readonly<Record<string, string>> = {
  not_yet: "It waits for",
  fact_missing: "It is not known",
  facts_contradict: "Two facts exclude each other about",
  rule_missing: "The house rules say nothing about",
  no_grader: "No rule grades this market",
};

/** Why an outcome is undecided. */
export function undecidedWords(why: string | null, missing: string | null): string {
  if (why === null) return "Nobody has said how the event stands";
  const words = UNDECIDED[why] ?? why.replaceAll("_", " ");
  return missing === null || missing === "" ? words : `${words}: ${missing}`;
}
