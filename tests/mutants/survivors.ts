import type { Explained } from "./explained.ts";
import { FACTS } from "./survivors/facts.ts";
import { GRADERS } from "./survivors/graders.ts";
import { MONEY } from "./survivors/money.ts";
import { RULES } from "./survivors/rules.ts";

/** By file. Whoever changes the place must explain again: an explanation without a survivor fails the run. */
export const SURVIVORS: Readonly<Record<string, readonly Explained[]>> = {
  ...FACTS,
  ...GRADERS,
  ...RULES,
  ...MONEY,
};
