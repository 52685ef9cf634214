/** What happens to the database. The first seven are the ones every guarded system must name; three more are what those leave out. */
export const FAULTS = [
  "down",
  "slow",
  "exhausted",
  "frozen",
  "partitioned",
  "restarted",
  "rejecting",
  "stuck",
  "half_open",
  "cut",
] as const;
export type FaultName = (typeof FAULTS)[number];

/** What the reader holds when the fault begins. */
export const STATES = ["cold", "fresh", "stale", "snapshot"] as const;
export type State = (typeof STATES)[number];

/** `pooled`: through PgBouncer in transaction mode. */
export const ROUTES = ["direct", "pooled"] as const;
export type Route = (typeof ROUTES)[number];

export interface Cell {
  readonly fault: FaultName;
  readonly state: State;
  readonly route: Route;
}

/** As in `frozen/stale/direct`. */
export function nameOf({ fault, state, route }: Cell): string {
  return `${fault}/${state}/${route}`;
}

/** The cells of one fault. */
export function cellsOf(fault: FaultName, { routes = ROUTES }: { routes?: readonly Route[] } = {}): Cell[] {
  return STATES.flatMap((state) => routes.map((route) => ({ fault, state, route })));
}
