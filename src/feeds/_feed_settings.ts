import { isRecord } from "./_json.ts";
import { FeedMisconfiguredError } from "./errors.ts";
import type { OpenableFeed } from "./feed.ts";

const WORD = /^[A-Za-z0-9_.-]{1,80}$/;

/** A word among a feed's settings, which anybody may have edited. */
export function wordSetting({ source, settings }: OpenableFeed, name: string): string {
  const value = isRecord(settings) ? settings[name] : undefined;
  if (typeof value === "string" && WORD.test(value)) return value;
  throw new FeedMisconfiguredError(source, `its setting "${name}" is no word`);
}

/** A list of words among them, at least one. */
export function wordsSetting({ source, settings }: OpenableFeed, name: string): readonly string[] {
  const value = isRecord(settings) ? settings[name] : undefined;
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((word) => typeof word === "string" && WORD.test(word))
  )
    return value;
  throw new FeedMisconfiguredError(source, `its setting "${name}" is no list of words`);
}

/**
 * The template of a feed's address: its own setting `url`, if it leads where the environment's does, since whoever edits the
 * table does not decide which host the vendor's key is sent to; else the environment's.
 */
export function urlSetting({ source, settings }: OpenableFeed, template: string): string {
  const value = isRecord(settings) ? settings["url"] : undefined;
  if (value === undefined) return template;
  const isSame = typeof value === "string" && URL.canParse(value) && originOf(value) === originOf(template);
  if (isSame) return value;
  throw new FeedMisconfiguredError(
    source,
    'its setting "url" leads to another host than the environment says',
  );
}

function originOf(template: string): string {
  return URL.canParse(template) ? new URL(template).origin : "";
}
