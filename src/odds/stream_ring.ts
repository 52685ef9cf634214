/** The last messages of one topic, for readers who come back; bounded in bytes, the oldest forgotten first. */
export interface ReplayRing {
  add(message: Message): void;
  /** Whether every message after this number is still here. */
  covers(sequence: number): boolean;
  /** The messages after this number, in order. */
  after(sequence: number): readonly Message[];
  /** Forgets all up to this number: whoever is not as far begins anew. */
  restart(sequence: number): void;
  readonly bytes: number;
}

/** One encoded event of a stream. Numbers grow over all topics of a hub. */
export interface Message {
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

/** A ring that begins after this number. */
export function createReplayRing({
  bytesMax,
  sequence,
}: {
  readonly bytesMax: number;
  readonly sequence: number;
}): ReplayRing {
  let messages: Message[] = [];
  let since = sequence;
  let bytes = 0;
  return {
    add(message) {
      messages.push(message);
      bytes += message.bytes.byteLength;
      let gone = 0;
      for (const oldest of messages) {
        if (bytes <= bytesMax) break;
        bytes -= oldest.bytes.byteLength;
        since = oldest.sequence;
        gone += 1;
      }
      if (gone > 0) messages = messages.slice(gone);
    },
    covers: (from) => from >= since,
    after: (from) => messages.filter((message) => message.sequence > from),
    restart(from) {
      messages = [];
      bytes = 0;
      since = from;
    },
    get bytes() {
      return bytes;
    },
  };
}
