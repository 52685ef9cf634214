/**
 * Works bets out again from their explanations alone: `bun run explain --bet ID --json | bun examples/recompute.ts`, or with the name of
 * a file. Takes one document or a list of them, says of each amount whether it agrees, and ends with 1 if one does not.
 */
import { argv, file, stdin } from "bun";

type Exact = readonly [numerator: bigint, denominator: bigint];
type Fraction = { numerator: string; denominator: string };
type Grade = { result: number; voidFactor: Fraction; deadHeatFactor: Fraction; winningsDeduction: Fraction };
type Leg = { legNumber: number; price: Fraction; grade: Grade | null; factor: Fraction | null };
type Paid = { legs: Leg[]; product: Fraction; exactReturn: Fraction; returnMinor: number };
type Transfer = { kind: string; entries: { account: string; amountMinor: number }[] };
type Step = Paid & { kind: string; version: number; transfers: Transfer[]; reverses: number };
type Bet = { betId: string; stakeMinor: number; returnMinor: number | null; versions: Step[] };
const exact = ({ numerator, denominator }: Fraction): Exact => [BigInt(numerator), BigInt(denominator)];
const times = (a: Exact, b: Exact): Exact => [a[0] * b[0], a[1] * b[1]];
const less = (a: Exact, b: Exact): Exact => [a[0] * b[1] - b[0] * a[1], a[1] * b[1]];
const plus = (a: Exact, b: Exact): Exact => less(a, [-b[0], b[1]]);
const same = (a: Exact, told: Fraction | null) => told !== null && less(a, exact(told))[0] === 0n;
const ONE: Exact = [1n, 1n];
/** v + (1 − v) · r · h · (1 + (price − 1) · (1 − d)) */
function factorOf({ price, grade }: Leg): Exact | null {
  if (grade === null) return null;
  const [v, h, d] = [exact(grade.voidFactor), exact(grade.deadHeatFactor), exact(grade.winningsDeduction)];
  const paid = plus(ONE, times(less(exact(price), ONE), less(ONE, d)));
  return plus(v, times(less(ONE, v), times([BigInt(grade.result), 1n], times(h, paid))));
}

const read: Bet | Bet[] = await (argv[2] ? file(argv[2]) : stdin).json();
for (const { betId, stakeMinor: stake, returnMinor, versions } of [read].flat()) {
  const say = (agrees: boolean, what: string) => {
    console.log(`${agrees ? "agrees" : "DIFFERS"}  ${betId}  ${what}`);
    if (!agrees) process.exitCode = 1;
  };
  const moves: number[][] = []; // By version: the player's cash, held stakes, the house's book.
  let returned: number | null = null;
  for (const [at, { kind, version, reverses, transfers, ...paid }] of versions.entries()) {
    returned = kind === "void" ? stake : null;
    if (kind === "settled") {
      const factors = paid.legs.map(factorOf);
      const differs = paid.legs.some((leg, i) => factors[i] && !same(factors[i], leg.factor));
      say(!differs, `version ${at}: the factors of its legs`);
      const product = factors.reduce<Exact>((all, factor) => times(all, factor ?? ONE), ONE);
      const isDecided = product[0] === 0n || !factors.includes(null);
      say(isDecided && same(product, paid.product), `version ${at}: the product of its legs`);
      const [n, d] = times([BigInt(stake), 1n], product);
      returned = Number((2n * n + d) / (2n * d));
      say(same([n, d], paid.exactReturn) && returned === paid.returnMinor, `version ${at}: the return`);
    }
    moves[at] = [returned ?? -stake, returned === null ? stake : -stake, stake - (returned ?? stake)];
    if (kind === "reversed") moves[at] = (moves[reverses] ?? []).map((sum) => 0 - sum);
    const entries = transfers.flatMap((transfer) => (transfer.kind === "write_off" ? [] : transfer.entries));
    const moved = ["player_cash", "stakes_held", "house_book"].map((account) =>
      entries.reduce((sum, entry) => sum + (entry.account === account ? entry.amountMinor : 0), 0),
    );
    say(version === at && `${moved}` === `${moves[at]}`, `version ${at}: its entries, ${kind}`);
  }
  say(returned === returnMinor, `what it has returned, ${returned}`);
}
