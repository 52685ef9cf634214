import type { Selection } from "../markets/mod.ts";

/** What a suspension covers: every price that all of its fields name. `null` is any. */
export interface SuspensionScope {
  /** As in `events.source`. */
  readonly source: string | null;
  readonly eventId: string | null;
  readonly book: string | null;
  readonly marketType: string | null;
  readonly period: string | null;
  readonly label: string | null;
  readonly lineQuarters: number | null;
  readonly outcome: string | null;
}

/** A trader's word that something is not to be bet on, in force until it is lifted. */
export interface Suspension extends SuspensionScope {
  readonly suspensionId: string;
  /** `null`: for every tenant. */
  readonly tenantId: string | null;
}

/** A price, named in full, as it is asked whether it may be bet on. */
export interface SuspensionSubject extends Selection {
  readonly eventId: string;
  readonly source: string;
  readonly book: string;
}

/**
 * Whether a trader's suspension covers the price. Pure; whose suspensions they are was decided when they were read.
 *
 * A market without a line is covered by whoever names no line: where a line is named, it is that one alone.
 */
export function isSuspended(subject: SuspensionSubject, suspensions: readonly SuspensionScope[]): boolean {
  return suspensions.some((scope) => concerns(subject, scope) && coversSelection(subject, scope));
}

/** Those that can cover a price of this event: asked once a board, so that each of its prices is held against few. */
export function suspensionsOf<S extends SuspensionScope>(
  event: Pick<SuspensionSubject, "eventId" | "source">,
  suspensions: readonly S[],
): readonly S[] {
  return suspensions.length === 0 ? suspensions : suspensions.filter((scope) => concerns(event, scope));
}

function concerns(
  { eventId, source }: Pick<SuspensionSubject, "eventId" | "source">,
  scope: SuspensionScope,
): boolean {
  return isAnyOr(scope.eventId, eventId) && isAnyOr(scope.source, source);
}

function coversSelection(subject: SuspensionSubject, scope: SuspensionScope): boolean {
  return (
    isAnyOr(scope.book, subject.book) &&
    isAnyOr(scope.marketType, subject.marketType) &&
    isAnyOr(scope.period, subject.period) &&
    isAnyOr(scope.label, subject.label) &&
    isAnyOr(scope.lineQuarters, subject.lineQuarters) &&
    isAnyOr(scope.outcome, subject.outcome)
  );
}

function isAnyOr<T>(wanted: T | null, value: T | null): boolean {
  return wanted === null || wanted === value;
}
