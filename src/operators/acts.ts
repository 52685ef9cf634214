import type { Connection } from "../pool/mod.ts";
import { insertAct } from "./act_queries.ts";
import type { Operator } from "./keys.ts";

/** Who did it: an operator, a player for themselves, or a part of the service, as in `worker_settlement`. */
export type Actor =
  | Operator
  | { readonly tenantId: string; readonly playerId: string }
  | { readonly tenantId: string; readonly system: string };

/** What was decided: ids, amounts in minor units as digits, times in ISO 8601. Never a name, an address or an e-mail: these rows stay. */
export type ActFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** One change that somebody made. */
export interface Act {
  readonly actor: Actor;
  /** As in `deposit` or `player.state_changed`. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly facts: ActFacts;
  /** Business time. */
  readonly at: Date;
}

/** Writes the audit row of a change, in the transaction that makes the change. Needs a write lease of the actor's tenant. */
export async function recordAct(connection: Connection, act: Act): Promise<void> {
  const { actor, action, subject, facts, at } = act;
  await insertAct(connection, {
    tenantId: actor.tenantId,
    actId: Bun.randomUUIDv7("hex", at.getTime()),
    at,
    ...partsOf(actor),
    action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    facts: JSON.stringify(facts),
  });
}

function partsOf(actor: Actor) {
  if ("keyId" in actor)
    return { actorKind: "operator", actorId: actor.keyId, actorName: actor.name } as const;
  if ("playerId" in actor) return { actorKind: "player", actorId: actor.playerId, actorName: null } as const;
  return { actorKind: "system", actorId: actor.system, actorName: null } as const;
}
