/** Facts and rules in, the normal form of an outcome out. Pure. */

export { gradeLeg, graderBy } from "./grade_leg.ts";
export { GRADE_REASONS, type Grade, type Graded, type GradeReason, type UndecidedWhy } from "./graded.ts";
export type { Leg, LegTerms } from "./leg.ts";
export { gradePlacing, type Placing } from "./placing.ts";
