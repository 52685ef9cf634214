/** One bet of a stored season, worked by hand. */
export interface WorkedBet {
  readonly file: string;
  readonly match: string;
  readonly market: string;
  readonly score: string;
  /** As the file writes them. */
  readonly price: string;
  readonly line: string | null;
  readonly ended: string;
  readonly returnMinor: bigint;
}

/** Stakes by file: odd ones reach the rounding, which none of 1,000 does at prices of two decimals. */
export const STAKES = { D1_2021: 1000n, SC0_2012: 777n, E0_2025: 1000n } as const;

const BOOK = `
D1_2021  | 2021-08-13/M'gladbach/Bayern Munich    | asian_handicap | 1-1 | 2.06 | 0.75  | won       | 2060 | ahead by 0.75
D1_2021  | 2021-08-13/M'gladbach/Bayern Munich    | totals         | 1-1 | 1.4  | 2.5   | lost      | 0    |
D1_2021  | 2021-08-14/Bielefeld/Freiburg          | asian_handicap | 0-0 | 2.14 | 0     | void      | 1000 |
D1_2021  | 2021-08-14/Stuttgart/Greuther Furth    | 1x2            | 5-1 | 1.83 |       | won       | 1830 |
D1_2021  | 2021-08-14/Wolfsburg/Bochum            | asian_handicap | 1-0 | 1.99 | -1    | void      | 1000 |
D1_2021  | 2021-08-21/Leverkusen/M'gladbach       | totals         | 4-0 | 1.57 | 2.5   | won       | 1570 |
D1_2021  | 2021-09-11/Freiburg/FC Koln            | asian_handicap | 1-1 | 1.9  | -0.25 | half_lost | 500  | 0 void, -0.5 lost
D1_2021  | 2021-08-28/Bielefeld/Ein Frankfurt     | asian_handicap | 1-1 | 2.07 | 0.25  | half_won  | 1535 | 500 + 500 x 2.07
D1_2021  | 2021-08-29/Union Berlin/M'gladbach     | asian_handicap | 2-1 | 1.85 | 0     | won       | 1850 |
D1_2021  | 2021-08-28/Mainz/Greuther Furth        | asian_handicap | 3-0 | 1.92 | -0.75 | won       | 1920 |
D1_2021  | 2021-08-22/Bayern Munich/FC Koln       | asian_handicap | 3-2 | 2.05 | -2.5  | lost      | 0    |
D1_2021  | 2021-08-27/Dortmund/Hoffenheim         | asian_handicap | 3-2 | 1.89 | -1.25 | half_lost | 500  | -1 void, -1.5 lost
SC0_2012 | 2012-08-04/Celtic/Aberdeen             | 1x2            | 1-0 | 1.25 |       | won       | 971  | 971.25
SC0_2012 | 2012-08-04/Hearts/St Johnstone         | totals         | 2-0 | 2.18 | 2.5   | lost      | 0    |
SC0_2012 | 2012-08-04/St Mirren/Inverness C       | totals         | 2-2 | 2.1  | 2.5   | won       | 1632 | 1631.70
SC0_2012 | 2012-09-01/St Johnstone/Dundee United  | asian_handicap | 0-0 | 2.11 | 0.25  | half_won  | 1208 | 388.5 + 819.735 = 1208.235
SC0_2012 | 2012-08-12/Hibernian/Hearts            | asian_handicap | 1-1 | 2    | 0.25  | half_won  | 1166 | 388.5 + 777 = 1165.5
SC0_2012 | 2012-09-01/Aberdeen/St Mirren          | asian_handicap | 0-0 | 1.84 | -0.25 | half_lost | 389  | 388.5
SC0_2012 | 2012-08-19/Dundee United/Dundee        | asian_handicap | 3-0 | 1.78 | -1    | won       | 1383 | 1383.06
E0_2025  | 2025-09-13/Bournemouth/Brighton        | 1x2            | 2-1 | 2.35 |       | won       | 2350 |
`;

export const WORKED_BETS: readonly WorkedBet[] = BOOK.trim()
  .split("\n")
  .map((row) => {
    const cells = row.split("|").map((cell) => cell.trim());
    const [file = "", match = "", market = "", score = "", price = "", line = "", ended = "", minor = ""] =
      cells;
    return { file, match, market, score, price, line: line || null, ended, returnMinor: BigInt(minor) };
  });
