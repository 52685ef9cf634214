/**
 * One flight per key: whoever asks while it is under way shares its outcome, a failure too.
 *
 * Sharing the promise, not a lock: with a lock, 500 callers of a failing loader queue for 500 loads (measured 5.2 s
 * for a loader that fails in 10 ms); here they cost one.
 */
export interface Flights<T> {
  /** The flight under way for `key`, or a new one begun by `start`. */
  join(key: string, start: (course: Course) => Promise<T>): Flight<T>;
  /** The flight under way, if any. */
  get(key: string): Flight<T> | undefined;
  /** Lets the flight land unseen: those aboard get its outcome, whoever asks from now on begins anew. */
  detach(key: string): void;
  /** The same for every flight under way. */
  detachAll(): void;
  readonly size: number;
}

/** What a flight can ask about itself while it is under way. */
export interface Course {
  /** False once it was detached: what it brings is older than what made it so. */
  isCurrent(): boolean;
  /** How many want its outcome. */
  seated(): number;
  /** Aborts when the last of them has left. */
  readonly signal: AbortSignal;
}

export interface Flight<T> {
  readonly startedAt: number;
  readonly outcome: Promise<T>;
  /** Takes a seat: one more who wants the outcome, also later, out of whatever it leaves behind. */
  board(): void;
  /** Gives a seat back, for who does not want it at all any more. The last one to leave calls the flight off. */
  leave(): void;
}

export function createFlights<T>({ now }: { now: () => number }): Flights<T> {
  const underWay = new Map<string, Flight<T>>();
  return {
    join(key, start) {
      const known = underWay.get(key);
      if (known !== undefined) return known;
      const callingOff = new AbortController();
      let seats = 0;
      const isCurrent = () => underWay.get(key) === flight;
      const land = () => {
        if (isCurrent()) underWay.delete(key);
      };
      const course: Course = { isCurrent, seated: () => seats, signal: callingOff.signal };
      const flight: Flight<T> = {
        startedAt: now(),
        outcome: Promise.resolve().then(() => start(course)),
        board() {
          seats += 1;
        },
        leave() {
          seats -= 1;
          if (seats > 0) return;
          land();
          callingOff.abort(new DOMException("Nobody wants the outcome any more", "AbortError"));
        },
      };
      underWay.set(key, flight);
      // Also the observer that keeps a failure nobody waits for from ending the process.
      flight.outcome.then(land, land);
      return flight;
    },
    get: (key) => underWay.get(key),
    detach: (key) => {
      underWay.delete(key);
    },
    detachAll: () => underWay.clear(),
    get size() {
      return underWay.size;
    },
  };
}
