/** Seconds, from what memory takes to what a visitor is never asked to wait. */
export const SHORT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Seconds, from the freshest to a day. */
export const AGE_SECONDS = [1, 5, 15, 60, 300, 900, 3600, 21_600, 86_400];

export interface SeriesOptions {
  readonly name: string;
  readonly help: string;
  /** At most three names; values are given in their order, and must come from closed sets. */
  readonly labels?: readonly string[];
}

type LabelValues = readonly [a?: string, b?: string, c?: string];
type Look = () => Iterable<readonly [value: number | undefined, ...labels: LabelValues]>;

/**
 * Counters and histograms of one process, written out in Prometheus' text format.
 *
 * Plain numbers on the way of a request, made into text only when somebody asks: prom-client hashes the labels anew at each
 * increment (measured 350 to 700 ns, also through `labels()`), and here one costs 30 to 60 ns. A request counts in four.
 */
export interface Series {
  counter(options: SeriesOptions): (a?: string, b?: string, c?: string, times?: number) => void;
  /** Of durations or ages in milliseconds; written in seconds. */
  histogram(
    options: SeriesOptions & { readonly seconds: readonly number[] },
  ): (ms: number, a?: string, b?: string, c?: string, times?: number) => void;
  /** Looked at when it is written; what has no value is left out. */
  watched(options: SeriesOptions & { readonly kind: "gauge" | "counter" }, look: Look): void;
  text(): string;
}

export function createSeries(): Series {
  const writers: (() => string)[] = [];
  return {
    counter(options) {
      const cells = createCells(() => ({ count: 0 }));
      if (options.labels === undefined) cells.find();
      writers.push(() =>
        block(
          "counter",
          options,
          cells.all().map(([{ count }, values]) => line(options, values, count)),
        ),
      );
      return (a, b, c, times = 1) => {
        cells.find(a, b, c).count += times;
      };
    },
    histogram(options) {
      const { seconds } = options;
      const cells = createCells(() => ({ counts: seconds.map(() => 0), count: 0, sum: 0 }));
      writers.push(() =>
        block(
          "histogram",
          options,
          cells.all().flatMap(([cell, values]) => histogramLines(options, values, cell)),
        ),
      );
      return (ms, a, b, c, times = 1) => {
        const cell = cells.find(a, b, c);
        const value = ms / 1000;
        cell.count += times;
        cell.sum += value * times;
        const at = bucketOf(value, seconds);
        if (at < seconds.length) cell.counts[at] = (cell.counts[at] ?? 0) + times;
      };
    },
    watched(options, look) {
      writers.push(() =>
        block(
          options.kind,
          options,
          [...look()].flatMap(([value, ...values]) =>
            value === undefined ? [] : [line(options, values, value)],
          ),
        ),
      );
    },
    text: () => writers.map((write) => write()).join(""),
  };
}

interface Cells<T> {
  find(a?: string, b?: string, c?: string): T;
  all(): (readonly [T, LabelValues])[];
}

/** Found by one look-up a label: no key is put together. */
function createCells<T>(make: () => T): Cells<T> {
  const root = new Map<string, Map<string, Map<string, T>>>();
  const within = <K, V>(map: Map<K, V>, key: K, create: () => V): V => {
    const known = map.get(key);
    if (known !== undefined) return known;
    const created = create();
    map.set(key, created);
    return created;
  };
  const lookUp = (a: string, b: string, c: string): T =>
    within(
      within(
        within(root, a, () => new Map()),
        b,
        () => new Map<string, T>(),
      ),
      c,
      make,
    );
  // Most requests are like the one before: three comparisons, and none of the maps is touched.
  let last: { readonly a: string; readonly b: string; readonly c: string; readonly cell: T } | undefined;
  return {
    find(a = "", b = "", c = "") {
      if (last !== undefined && last.a === a && last.b === b && last.c === c) return last.cell;
      last = { a, b, c, cell: lookUp(a, b, c) };
      return last.cell;
    },
    all: () =>
      [...root].flatMap(([a, seconds]) =>
        [...seconds].flatMap(([b, thirds]) => [...thirds].map(([c, cell]) => [cell, [a, b, c]] as const)),
      ),
  };
}

/** The first bucket that holds the value; their number when none does. */
function bucketOf(value: number, seconds: readonly number[]): number {
  let at = 0;
  while (at < seconds.length && value > (seconds[at] ?? 0)) at += 1;
  return at;
}

interface HistogramCell {
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
}

function histogramLines(
  options: SeriesOptions & { readonly seconds: readonly number[] },
  values: LabelValues,
  { counts, count, sum }: HistogramCell,
): string[] {
  const { name, seconds } = options;
  let below = 0;
  const buckets = seconds.map((bound, at) => {
    below += counts[at] ?? 0;
    return line({ ...options, name: `${name}_bucket` }, values, below, `le="${bound}"`);
  });
  return [
    ...buckets,
    line({ ...options, name: `${name}_bucket` }, values, count, 'le="+Inf"'),
    line({ ...options, name: `${name}_sum` }, values, sum),
    line({ ...options, name: `${name}_count` }, values, count),
  ];
}

function block(kind: string, { name, help }: SeriesOptions, lines: readonly string[]): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join("")}`;
}

function line(
  { name, labels = [] }: SeriesOptions,
  values: LabelValues,
  value: number,
  more: string | undefined = undefined,
): string {
  const pairs = labels.map((label, at) => `${label}="${escaped(values[at] ?? "")}"`);
  const all = more === undefined ? pairs : [more, ...pairs];
  return `${name}${all.length > 0 ? `{${all.join(",")}}` : ""} ${value}\n`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** The value if it is one of those known, else `other`. */
export function oneOf(known: readonly string[]): (value: string | undefined) => string {
  const set = new Set(known);
  return (value) => (value !== undefined && set.has(value) ? value : "other");
}
