/** Files that are changed together with the tests that must notice. */
export interface Area {
  /** From the root; a star stands for any name. */
  readonly files: readonly string[];
  /** Of each file the top-level declarations that are changed; without it all. */
  readonly only?: readonly string[];
  /** Tests that touch no database, the quickest first. */
  readonly tests: readonly string[];
}

const graders = (name: string) => `tests/settlement/graders/${name}_test.ts`;
const GRADERS = [
  "families",
  "standing",
  "standing_edges",
  "grade_leg",
  "edges",
  "placing",
  "goal_order",
  "oracle",
  "lines",
].map(graders);
const FACTS = ["truth", "bounds", "counts", "periods"].map((name) => `tests/results/${name}_test.ts`);
const PAYOUT = ["tests/settlement/payout_test.ts", "tests/settlement/systems_test.ts"];
const RULES = ["house_rules", "documents", "versions"].map(
  (name) => `tests/settlement/rules/${name}_test.ts`,
);
const markets = (name: string) => `tests/markets/${name}_test.ts`;

/**
 * What grades and what counts money, as far as it is pure: facts, graders, rules, payout, systems, what becomes of a bet and which bets a
 * version concerns, exact fractions and prices, minor units, and of the ledger what a transfer must be, what it debits and what takes one
 * back. Left out is what only carries values between these and statements (`settle_bets.ts`, `settle_batch.ts`, `loop.ts`, the rest of
 * `transfer.ts` and of `reverse_settlements.ts`, `move_money.ts`, `void_bet.ts`) and SQL itself: those are held by the tests on a database,
 * kills and all. Types alone are left out by nature.
 */
export const AREAS: readonly Area[] = [
  { files: ["src/results/facts/*.ts"], tests: [...FACTS, ...GRADERS] },
  { files: ["src/settlement/graders/*.ts"], tests: GRADERS },
  {
    files: ["src/settlement/rules/*.ts"],
    tests: [...RULES, graders("standing"), graders("placing"), graders("grade_leg")],
  },
  { files: ["src/settlement/payout.ts", "src/settlement/systems.ts"], tests: PAYOUT },
  { files: ["src/settlement/judge_bet.ts"], tests: ["tests/settlement/judge_bet_test.ts"] },
  { files: ["src/settlement/plan.ts"], tests: ["tests/settlement/plan_test.ts"] },
  {
    files: ["src/markets/fraction.ts", "src/markets/price.ts", "src/markets/line.ts"],
    tests: [...["fraction", "price", "line", "american_price", "price_formats"].map(markets), ...PAYOUT],
  },
  { files: ["src/markets/catalogue.ts"], tests: [markets("catalogue"), ...GRADERS] },
  { files: ["src/markets/normal_form.ts"], tests: [markets("catalogue")] },
  { files: ["src/wallets/money.ts"], tests: ["tests/wallets/money_test.ts"] },
  {
    files: ["src/wallets/transfer.ts"],
    only: ["assertPostable", "debitsOf"],
    tests: ["tests/wallets/transfer_test.ts"],
  },
  {
    files: ["src/bets/reverse_settlements.ts"],
    only: ["transferOf"],
    tests: ["tests/bets/reverse_settlements_test.ts"],
  },
];
