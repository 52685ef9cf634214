import type { ReadEvent, Reads } from "../reads/mod.ts";
import { CAUSES } from "./causes.ts";
import { AGE_SECONDS, oneOf, type Series, SHORT_SECONDS } from "./series.ts";

/** What the read pipeline does, as series labelled by the plan's name; names of plans are ours. */
export interface ReadMetrics {
  watch(reads: Pick<Reads, "stats">): void;
  observe(event: ReadEvent): void;
}

export function createReadMetrics(series: Series): ReadMetrics {
  let watched: Pick<Reads, "stats"> = { stats: () => ({}) };
  watchReaders(series, () => Object.entries(watched.stats()));
  return {
    watch(reads) {
      watched = reads;
    },
    observe: createTeller(series),
  };
}

function watchReaders(
  series: Series,
  readers: () => readonly (readonly [string, ReturnType<Reads["stats"]>[string]])[],
): void {
  // Hits are counted by the readers themselves and looked at here, as a hit must cost next to nothing.
  series.watched(
    {
      kind: "counter",
      name: "linehold_reads_total",
      help: "Reads, by what they gave",
      labels: ["plan", "state"],
    },
    () =>
      readers().flatMap(([plan, { counts }]) =>
        Object.entries(counts).map(([state, count]) => [count, plan, state] as const),
      ),
  );
  series.watched(
    { kind: "gauge", name: "linehold_held_values", help: "Values in memory", labels: ["plan"] },
    () => readers().map(([plan, { size }]) => [size, plan] as const),
  );
  series.watched({ kind: "gauge", name: "linehold_held_bytes", help: "Their bytes", labels: ["plan"] }, () =>
    readers().map(([plan, { bytes }]) => [bytes, plan] as const),
  );
}

function createTeller(series: Series): ReadMetrics["observe"] {
  const counter = (name: string, help: string, ...labels: string[]) =>
    series.counter({ name, help, ...(labels.length > 0 && { labels }) });
  const times = (name: string, help: string, seconds: readonly number[]) =>
    series.histogram({ name, help, labels: ["plan"], seconds });
  const wait = times("linehold_read_wait_seconds", "Time that reads waited for a load", SHORT_SECONDS);
  const age = times(
    "linehold_read_stale_age_seconds",
    "Age of the stale values that were served",
    AGE_SECONDS,
  );
  const load = times("linehold_load_seconds", "Time that loads took, retries included", SHORT_SECONDS);
  const causes = counter("linehold_read_causes_total", "Why reads were not fresh", "plan", "cause");
  const shared = counter("linehold_reads_shared_total", "Reads that shared another's load", "plan");
  const loads = counter("linehold_loads_total", "Loads, by how they ended", "plan", "outcome");
  const attempts = counter("linehold_load_attempts_total", "Attempts of loads", "plan");
  const refused = counter("linehold_retries_refused_total", "Retries not made, as the budget was spent");
  const cause = oneOf(CAUSES);
  const loaded = (plan: string, outcome: string, event: { tookMs: number; attempts: number }) => {
    loads(plan, outcome);
    load(event.tookMs, plan);
    for (let attempt = 0; attempt < event.attempts; attempt += 1) attempts(plan);
  };
  const answered = ({ plan, outcome }: Extract<ReadEvent, { type: "read_answered" }>) => {
    if (outcome.waitedMs > 0 || outcome.attempts > 0) wait(outcome.waitedMs, plan);
    if (outcome.state === "stale") age(outcome.ageMs, plan);
    if (outcome.state !== "fresh") causes(plan, cause(outcome.cause));
    if (outcome.shared) shared(plan);
  };
  return (event) => {
    switch (event.type) {
      case "read_answered":
        return answered(event);
      case "load_succeeded":
        return loaded(event.plan, "ok", event);
      case "load_failed":
        return loaded(event.plan, cause(event.cause), event);
      case "load_called_off":
        return loaded(event.plan, "called_off", event);
      case "retry_refused":
        return refused();
    }
  };
}
