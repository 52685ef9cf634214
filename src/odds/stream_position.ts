import type { Random } from "../resilience/mod.ts";
import type { TenantOffer } from "./offer.ts";
import type { SuspensionScope } from "./suspensions.ts";

/** How a tenant sees the stored prices at this moment: what it offers, and what its traders have stopped. */
export interface Sight {
  readonly offer: TenantOffer;
  /** `undefined` when nobody can tell: then nothing is shown as bettable. */
  readonly suspensions: readonly SuspensionScope[] | undefined;
  /** The same for all who see the same; names no tenant. */
  readonly tag: string;
}

/** How far a stream has come: whose numbers they are, how its reader sees, and the last message it has had. */
export interface StreamPosition {
  /** Of one process since its start: another one numbers its own messages. */
  readonly boot: string;
  readonly tag: string;
  readonly sequence: number;
}

const POSITION = /^([0-9a-z]{8})\.([0-9a-z]{1,13})\.(\d{1,15})$/;

/** A position as the id of a server-sent event, which a browser hands back in `Last-Event-ID`. */
export function formatPosition({ boot, tag, sequence }: StreamPosition): string {
  return `${boot}.${tag}.${sequence}`;
}

/** The position behind an id; `undefined` for what is none of ours. */
export function parsePosition(id: string | null): StreamPosition | undefined {
  const [, boot, tag, sequence] = POSITION.exec(id ?? "") ?? [];
  if (boot === undefined || tag === undefined) return undefined;
  return { boot, tag, sequence: Number(sequence) };
}

/** The name of one run of a process. */
export function drawBoot(random: Random): string {
  return Array.from({ length: 8 }, () => Math.floor(random() * 36).toString(36)).join("");
}

/** A sight with its tag. */
export function sightOf(offer: TenantOffer, suspensions: Sight["suspensions"]): Sight {
  const scopes = suspensions?.map((scope) =>
    JSON.stringify([
      scope.source,
      scope.eventId,
      scope.book,
      scope.marketType,
      scope.period,
      scope.label,
      scope.lineQuarters,
      scope.outcome,
    ]),
  );
  const parts = [offer.profile.key, offer.switches.key, scopes === undefined ? null : scopes.sort()];
  return { offer, suspensions, tag: Bun.hash(JSON.stringify(parts)).toString(36) };
}
