/** A step ended while a lease of its scope was still out: at rest it would hold a connection for nothing. A bug, not weather. */
export class LeaseHeldError extends Error {
  override readonly name = "LeaseHeldError";
  readonly code = "lease_held";
  readonly loop: string;
  readonly held: number;

  constructor(loop: string, held: number) {
    super(`Cannot rest as the step still holds ${held} lease(s): loop is "${loop}"`);
    this.loop = loop;
    this.held = held;
  }
}

/** A step ran past its limit and did not stop when told to; only the end of its process frees what it holds. */
export class StepWedgedError extends Error {
  override readonly name = "StepWedgedError";
  readonly code = "step_wedged";
  readonly loop: string;

  constructor(loop: string, limitMs: number) {
    super(`Cannot go on as a step ran longer than ${limitMs} ms: loop is "${loop}"`);
    this.loop = loop;
  }
}
