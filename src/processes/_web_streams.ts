import type { Vitals } from "../health/mod.ts";
import type { Streams } from "../odds/mod.ts";

/** Shows the streams of `web` in its metrics and on its status page. */
export function watchStreams(
  streams: Pick<Streams, "stats">,
  vitals: Pick<Vitals, "watchGauge" | "watchCounter" | "watchCounters" | "watchPart">,
): void {
  const { stats } = streams;
  vitals.watchGauge("linehold_streams", "Open streams of prices", () => stats().readers);
  vitals.watchGauge("linehold_stream_events", "Events that streams follow", () => stats().events);
  vitals.watchGauge("linehold_stream_queued_bytes", "Bytes that wait for readers", () => stats().queuedBytes);
  vitals.watchGauge(
    "linehold_stream_replay_bytes",
    "Bytes kept for readers who come back",
    () => stats().replayBytes,
  );
  const counter = (name: string, help: string, value: () => number) =>
    vitals.watchCounter(`linehold_stream_${name}_total`, help, value);
  counter("opened", "Streams opened", () => stats().opened);
  counter("resumed", "Streams that went on where they had been", () => stats().resumed);
  counter("messages", "Messages made, each once for all its readers", () => stats().told.messages);
  counter("deliveries", "Messages given to readers", () => stats().told.deliveries);
  counter("bytes", "Bytes of messages given to readers", () => stats().told.bytes);
  const counters = (
    name: string,
    help: string,
    label: string,
    values: () => Readonly<Record<string, number>>,
  ) => vitals.watchCounters({ name: `linehold_stream_${name}_total`, help, label }, values);
  counters("dropped", "Streams ended from our side", "reason", () => stats().dropped);
  counters("refused", "Streams refused", "reason", () => stats().refused);
  counters("reloads", "Events looked at again", "outcome", () => stats().reloads);
  vitals.watchPart("streams", () => {
    const { readers, events, queuedBytes, dropped } = stats();
    return { detail: { readers, events, queuedBytes, dropped }, words: [] };
  });
}
