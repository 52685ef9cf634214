import { Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { type Representation, represent } from "../http/mod.ts";
import type { SnapshotCodec } from "../reads/mod.ts";
import { type Board, boardOf } from "./board.ts";
import { oddsSchema } from "./contract.ts";

const finished = Type.Object({ contentType: Type.String(), text: Type.String() });

/** A finished answer as the snapshot file keeps it. That there was nothing is not kept: there may be something by now. */
export function createRepresentationCodec(): SnapshotCodec<Representation> {
  const isWhole = TypeCompiler.Compile(finished);
  const decoder = new TextDecoder();
  return {
    shape: "representation/1",
    encode: ({ bytes, contentType }) => ({ contentType, text: decoder.decode(bytes) }),
    decode: (_key, data) => (isWhole.Check(data) ? represent(data.contentType, data.text) : undefined),
  };
}

/** An event's prices as the snapshot file keeps them. What they were confirmed by goes with them: past it they are shown suspended. */
export function createBoardCodec(): SnapshotCodec<Board> {
  const isWhole = TypeCompiler.Compile(oddsSchema);
  return {
    shape: "odds/1",
    encode: ({ odds }) => odds,
    decode: (eventId, data) =>
      isWhole.Check(data) && data.event.eventId === eventId ? boardOf(data) : undefined,
  };
}

/** The same for values that may be absent. */
export function whenPresent<T>(codec: SnapshotCodec<T>): SnapshotCodec<T | null> {
  return {
    shape: codec.shape,
    encode: (value) => (value === null ? null : codec.encode(value)),
    decode: codec.decode,
  };
}
