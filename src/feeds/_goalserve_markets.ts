import type { KnownMarketType, Period } from "../markets/mod.ts";

/** What one of GoalServe's markets is in the normal form. */
export interface GoalserveMarket {
  readonly marketType: KnownMarketType;
  readonly period: Period;
}

type Row = readonly [id: number, name: string, marketType: KnownMarketType, period: Period];

/*
 * Markets are recognised by sport, id and name together: an id means different things in different sports (2 is draw no bet in
 * soccer, the moneyline elsewhere; 22614 an exact number of goals or a quarter's result), and one id carries two names
 * within a sport. What is not in these tables, or carries other outcomes than its type allows, stays unknown.
 *
 * Whole-game markets without a word on overtime follow the book's rules (the feed carries bet365 alone): soccer, futsal and
 * rugby union are decided in regulation, American sports including overtime or extra innings. Three-way results are regulation.
 */
const SOCCER: readonly Row[] = [
  [1, "Match Winner", "1x2", "regulation"],
  [2102, "1st Half Winner", "1x2", "first_half"],
  [3, "2nd Half Winner", "1x2", "second_half"],
  [2, "Home/Away", "draw_no_bet", "regulation"],
  [222, "Double Chance", "double_chance", "regulation"],
  [22602, "Double Chance - 1st Half", "double_chance", "first_half"],
  [4, "Asian Handicap", "asian_handicap", "regulation"],
  [22601, "Asian Handicap First Half", "asian_handicap", "first_half"],
  [79, "Handicap Result", "european_handicap", "regulation"],
  [22600, "Handicap Result 1st Half", "european_handicap", "first_half"],
  [5, "Goals Over/Under", "total", "regulation"],
  [6, "Goals Over/Under 1st Half", "total", "first_half"],
  [7, "Goals Over/Under 2nd Half", "total", "second_half"],
  [22836, "Goal Line", "asian_total", "regulation"],
  [22837, "Goal Line (1st Half)", "asian_total", "first_half"],
  [22124, "Total - Home", "team_total_home", "regulation"],
  [22125, "Total - Away", "team_total_away", "regulation"],
  [15, "Both Teams To Score", "both_to_score", "regulation"],
  [22604, "Both Teams To Score - 1st Half", "both_to_score", "first_half"],
  [22605, "Both Teams To Score - 2nd Half", "both_to_score", "second_half"],
  [81, "Correct Score", "correct_score", "regulation"],
  [181, "Correct Score 1st Half", "correct_score", "first_half"],
  [12, "HT/FT Double", "half_time_full_time", "regulation"],
  [22608, "Odd/Even", "odd_even", "regulation"],
  [22609, "Odd/Even 1st Half", "odd_even", "first_half"],
  [22713, "Odd/Even (2nd Half)", "odd_even", "second_half"],
  [22610, "Home Odd/Even", "team_odd_even_home", "regulation"],
  [22611, "Away Odd/Even", "team_odd_even_away", "regulation"],
  [22614, "Exact Goals Number", "exact_goals", "regulation"],
  [22655, "1st Half Exact Goals Number", "exact_goals", "first_half"],
  [22619, "2nd Half Exact Goals Number", "exact_goals", "second_half"],
  [22616, "Home Team Exact Goals Number", "team_exact_goals_home", "regulation"],
  [22617, "Away Team Exact Goals Number", "team_exact_goals_away", "regulation"],
  [22832, "Winning Margin", "winning_margin", "regulation"],
  [22621, "Result/Total Goals", "1x2_total", "regulation"],
  [22956, "Result/Total Goals (1st Half)", "1x2_total", "first_half"],
  [22620, "Results/Both Teams To Score", "1x2_both_to_score", "regulation"],
  [22834, "Total Goals/Both Teams To Score", "total_both_to_score", "regulation"],
  [13, "Clean Sheet - Home", "clean_sheet_home", "regulation"],
  [14, "Clean Sheet - Away", "clean_sheet_away", "regulation"],
  [22607, "Win To Nil", "win_to_nil", "regulation"],
  [2293, "Win Both Halves", "win_both_halves", "regulation"],
  [22615, "To Win Either Half", "win_either_half", "regulation"],
  [22833, "To Score In Both Halves By Teams", "score_both_halves", "regulation"],
  [91, "Highest Scoring Half", "highest_half", "regulation"],
  [23606, "Home Highest Scoring Half", "team_highest_half_home", "regulation"],
  [23607, "Away Highest Scoring Half", "team_highest_half_away", "regulation"],
  [2224, "Team To Score First", "first_to_score", "regulation"],
  [2225, "Team To Score Last", "last_to_score", "regulation"],
  [22626, "First 10 min Winner", "1x2", "first_10_minutes"],
  [22846, "First Goal Scorer", "first_scorer", "regulation"],
  [22847, "Last Goal Scorer", "last_scorer", "regulation"],
  [22845, "Anytime Goal Scorer", "anytime_scorer", "regulation"],
  [22627, "Corners 1x2", "corners_1x2", "regulation"],
  [22644, "Corners Over Under", "corners_total", "regulation"],
  [22850, "Total Corners (3 way)", "corners_total_three_way", "regulation"],
  [22905, "Total Corners (1st Half)", "corners_total_three_way", "first_half"],
  [22841, "Corners Asian Handicap", "corners_asian_handicap", "regulation"],
  [23681, "Corners. European Handicap", "corners_european_handicap", "regulation"],
  [22842, "Home Corners Over/Under", "team_corners_total_home", "regulation"],
  [22843, "Away Corners Over/Under", "team_corners_total_away", "regulation"],
  [22958, "Cards Over/Under", "cards_total", "regulation"],
  [22959, "Cards Asian Handicap", "cards_asian_handicap", "regulation"],
  [22957, "Cards European Handicap", "cards_european_handicap", "regulation"],
  [22960, "Home Team Total Cards", "team_cards_total_home", "regulation"],
  [22961, "Away Team Total Cards", "team_cards_total_away", "regulation"],
];

const FUTSAL: readonly Row[] = [
  [1, "3Way Result", "1x2", "regulation"],
  [2, "Home/Away", "moneyline", "regulation"],
  [4, "Asian Handicap", "asian_handicap", "regulation"],
  [5, "Over/Under", "total", "regulation"],
  [12, "HT/FT Double", "half_time_full_time", "regulation"],
];

const RUGBY: readonly Row[] = [
  ...FUTSAL,
  [2102, "1st Half 3Way Result", "1x2", "first_half"],
  [22678, "Home/Away - 1st Half", "moneyline", "first_half"],
  [22601, "Asian Handicap First Half", "asian_handicap", "first_half"],
  [79, "Handicap Result", "european_handicap", "regulation"],
  [22600, "Handicap Result 1st Half", "european_handicap", "first_half"],
  [22608, "Odd/Even", "odd_even", "regulation"],
  [22610, "Home Odd/Even", "team_odd_even_home", "regulation"],
  [22611, "Away Odd/Even", "team_odd_even_away", "regulation"],
];

const WHOLE_GAME: readonly Row[] = [
  [2, "Home/Away", "moneyline", "match"],
  [4, "Asian Handicap", "asian_handicap", "match"],
  [5, "Over/Under", "total", "match"],
];

// Quarter by quarter where the ids allow it: the vendor numbered them at different times.
const QUARTERS: readonly Row[] = [
  [22614, "3Way Result - 1st Qtr", "1x2", "first_quarter"],
  [22615, "3Way Result - 2nd Qtr", "1x2", "second_quarter"],
  [22616, "3Way Result - 3rd Qtr", "1x2", "third_quarter"],
  [22617, "3Way Result - 4th Qtr", "1x2", "fourth_quarter"],
  [22680, "Home/Away - 1st Qtr", "moneyline", "first_quarter"],
  [22681, "Home/Away - 2nd Qtr", "moneyline", "second_quarter"],
  [22682, "Home/Away - 3rd Qtr", "moneyline", "third_quarter"],
  [22683, "Home/Away - 4th Qtr", "moneyline", "fourth_quarter"],
  [22714, "Double Chance (1st Quarter)", "double_chance", "first_quarter"],
  [22661, "Asian Handicap 1st Qtr", "asian_handicap", "first_quarter"],
  [23368, "Asian Handicap 2nd Qtr", "asian_handicap", "second_quarter"],
  [23369, "Asian Handicap 3rd Qtr", "asian_handicap", "third_quarter"],
  [22604, "Asian Handicap 4th Qtr", "asian_handicap", "fourth_quarter"],
  [22646, "Over/Under 1st Qtr", "total", "first_quarter"],
  [22647, "Over/Under 2nd Qtr", "total", "second_quarter"],
  [22648, "Over/Under 3rd Qtr", "total", "third_quarter"],
  [22649, "Over/Under 4th Qtr", "total", "fourth_quarter"],
  [22704, "Home Team Total Points (1st Quarter)", "team_total_home", "first_quarter"],
  [22705, "Away Team Total Points (1st Quarter)", "team_total_away", "first_quarter"],
  [22741, "Odd/Even (1st Quarter)", "odd_even", "first_quarter"],
  [22743, "Odd/Even (2nd Quarter)", "odd_even", "second_quarter"],
  [22744, "Odd/Even (3rd Quarter)", "odd_even", "third_quarter"],
  [22745, "Odd/Even (4th Quarter)", "odd_even", "fourth_quarter"],
];

const FIRST_HALF: readonly Row[] = [
  [2102, "1st Half 3Way Result", "1x2", "first_half"],
  [22678, "Home/Away - 1st Half", "moneyline", "first_half"],
  [22602, "Double Chance - 1st Half", "double_chance", "first_half"],
  [22601, "Asian Handicap First Half", "asian_handicap", "first_half"],
  [6, "Over/Under 1st Half", "total", "first_half"],
  [22699, "Home Team Total Goals(1st Half)", "team_total_home", "first_half"],
  [22700, "Away Team Total Goals(1st Half)", "team_total_away", "first_half"],
  [22609, "Odd/Even 1st Half", "odd_even", "first_half"],
];

const WITH_OVERTIME: readonly Row[] = [
  [22871, "Home Team Total Goals (Including OT)", "team_total_home", "match"],
  [22872, "Away Team Total Goals (Including OT)", "team_total_away", "match"],
  [22607, "Odd/Even (Including OT)", "odd_even", "match"],
  [22925, "Home Odd/Even (OT)", "team_odd_even_home", "match"],
  [22926, "Away Odd/Even (OT)", "team_odd_even_away", "match"],
];

const BASKETBALL: readonly Row[] = [
  ...WHOLE_GAME,
  ...WITH_OVERTIME,
  ...FIRST_HALF,
  ...QUARTERS,
  [22618, "HT/FT (Including OT)", "half_time_full_time", "match"],
  [22621, "Result/Total Goals", "moneyline_total", "match"],
  [22956, "Result/Total Goals (1st Half)", "1x2_total", "first_half"],
  [22703, "Highest Scoring Quarter", "highest_quarter", "regulation"],
];

const AMERICAN_FOOTBALL: readonly Row[] = [
  ...WHOLE_GAME,
  ...FIRST_HALF,
  ...QUARTERS,
  [1, "3Way Result", "1x2", "regulation"],
  [22124, "Total - Home", "team_total_home", "match"],
  [22125, "Total - Away", "team_total_away", "match"],
  [22703, "Highest Scoring Quarter", "highest_quarter", "regulation"],
];

const BASEBALL: readonly Row[] = [
  ...WHOLE_GAME,
  ...WITH_OVERTIME,
  [22634, "1x2 (1st Inning)", "1x2", "first_inning"],
  [22722, "Over/Under (1st Inning)", "total", "first_inning"],
  [22775, "Over/Under (1st 3 Innings)", "total", "first_3_innings"],
  [22776, "Asian Handicap (1st 3 Innings)", "asian_handicap", "first_3_innings"],
  [22633, "Over/Under (1st 5 Innings)", "total", "first_5_innings"],
  [22640, "Asian Handicap (1st 5 Innings)", "asian_handicap", "first_5_innings"],
  [22742, "Over/Under (1st 7 Innings)", "total", "first_7_innings"],
  [22908, "Asian Handicap (1st 7 Innings)", "asian_handicap", "first_7_innings"],
  [81, "Correct Score", "correct_score", "match"],
  [22621, "Result/Total Goals", "moneyline_total", "match"],
  [22636, "First Team To Score", "first_to_score", "match"],
  [22637, "Last Team To Score", "last_to_score", "match"],
  [22735, "Total Hits", "hits_total", "match"],
  [23354, "Home Total Hits", "team_hits_total_home", "match"],
  [23353, "Away Total Hits", "team_hits_total_away", "match"],
];

const WINNER: readonly Row[] = [[2, "Home/Away", "moneyline", "match"]];

const TENNIS: readonly Row[] = [
  ...WINNER,
  [22628, "Home/Away (1st Set)", "moneyline", "first_set"],
  [22632, "Set Betting", "set_score", "match"],
  [22624, "Over/Under by Games in Match", "games_total", "match"],
  [22627, "Over/Under (1st Set)", "games_total", "first_set"],
  [22631, "Asian Handicap (Games)", "games_handicap", "match"],
  [22629, "Asian Handicap (1st Set)", "games_handicap", "first_set"],
  // Named like soccer's, but its scores are those of a set, from 6:0 to 7:6.
  [181, "Correct Score 1st Half", "games_score", "first_set"],
  [23258, "Win In Straigh Sets (Player 1)", "straight_sets_home", "match"],
  [23259, "Win In Straigh Sets (Player 2)", "straight_sets_away", "match"],
];

// Volleyball's "games" may be sets or points, so only what is plainly sets is taken.
const VOLLEYBALL: readonly Row[] = [
  ...WINNER,
  [22628, "Home/Away (1st Set)", "moneyline", "first_set"],
  [22630, "Asian Handicap (Sets)", "sets_handicap", "match"],
  [81, "Correct Score", "set_score", "match"],
];

const FIGHT: readonly Row[] = [...WINNER, [5, "Over/Under", "rounds_total", "match"]];

// Runs of a super over count for the winner alone. A first-class match can be drawn, and how two-way prices treat that is not told.
const LIMITED_OVERS: readonly Row[] = [...WINNER, [5, "Over/Under", "total", "regulation"]];

const TABLES: ReadonlyMap<string, ReadonlyMap<string, GoalserveMarket>> = new Map(
  Object.entries({
    soccer: SOCCER,
    futsal: FUTSAL,
    rugby: RUGBY,
    basketball: BASKETBALL,
    football: AMERICAN_FOOTBALL,
    baseball: BASEBALL,
    tennis: TENNIS,
    volleyball: VOLLEYBALL,
    mma: FIGHT,
    boxing: FIGHT,
    "cricket/t20": LIMITED_OVERS,
    "cricket/odi": LIMITED_OVERS,
  }).map(([sport, rows]) => [sport, tableOf(rows)]),
);

/** Whether the vendor's name of a sport is one with markets known here; of cricket its forms are, as in `cricket/t20`. */
export function isGoalserveSport(sport: string): boolean {
  return sport === "cricket" || TABLES.has(sport);
}

/** By which of the tables a match's markets are understood: what a market of cricket is depends on the form of the game. */
export function marketSport(sport: string, form: string): string {
  const played = `${sport}/${form.toLowerCase()}`;
  return TABLES.has(played) ? played : sport;
}

/** What a market of GoalServe is, by the vendor's own sport name, id and market name; `undefined` if it is not surely known. */
export function goalserveMarket(sport: string, id: string, name: string): GoalserveMarket | undefined {
  return TABLES.get(sport)?.get(`${id}|${name}`);
}

function tableOf(rows: readonly Row[]): ReadonlyMap<string, GoalserveMarket> {
  return new Map(rows.map(([id, name, marketType, period]) => [`${id}|${name}`, { marketType, period }]));
}
