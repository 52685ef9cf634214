import type { Config } from "../../src/config.ts";
import type { Table } from "./fly_document.ts";

/** What the rules need to know beside the file itself. */
export interface FlyContext {
  /** Whether a path, relative to the repository, is a file that enters the image. */
  readonly inImage: (path: string) => boolean;
  /** Every setting that `parseConfig` reads, and those of them that it keeps secret. */
  readonly settings: ReadonlySet<string>;
  readonly secrets: ReadonlySet<string>;
  /** The degradation class of a GET path in the published contract; undefined while there is no contract. */
  readonly degradationOf: ((path: string) => string | undefined) | undefined;
}

/** A document with the settings that its `[env]` amounts to. */
export interface FlyFile {
  readonly document: Table;
  readonly config: Config;
  readonly context: FlyContext;
}

/** The three groups of the service; the first is what visitors reach. */
export const GROUPS = ["web", "worker_odds", "worker_settlement"] as const;
export const WORKERS = ["worker_odds", "worker_settlement"] as const;
