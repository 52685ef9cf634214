import { type Static, Type } from "@sinclair/typebox";
import type { ProblemTable } from "../http/mod.ts";

export const problems = {
  operator_key_invalid: { status: 401, title: "This needs a key in force of an operator of the tenant" },
} as const satisfies ProblemTable;

/** What every operator's change is given, and its audit row keeps. */
export const reasonSchema = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: "\\S",
  description: "Why; it stays in the audit, so that it must not name or describe a person",
  examples: ["goodwill after a display error"],
});

export const auditActSchema = Type.Object(
  {
    actId: Type.String({ format: "uuid", examples: ["01994e0a-3c00-7000-8000-00000000a001"] }),
    at: Type.String({ format: "date-time", examples: ["2025-09-19T12:00:00.000Z"] }),
    actor: Type.Object({
      kind: Type.Union([Type.Literal("operator"), Type.Literal("player"), Type.Literal("system")], {
        examples: ["operator"],
      }),
      id: Type.String({
        description: "Of a key, of a player, or the name of a part of the service",
        examples: ["4fQz8LrT1cXa"],
      }),
      name: Type.Union([Type.String(), Type.Null()], {
        description: "The key's name; null for others",
        examples: ["cashier desk"],
      }),
    }),
    action: Type.String({ description: "What was done", examples: ["deposit"] }),
    subject: Type.Object({
      kind: Type.String({ examples: ["player"] }),
      id: Type.String({ examples: ["01994e0a-3c00-7000-8000-00000000000b"] }),
    }),
    facts: Type.Record(Type.String(), Type.Unknown(), {
      description: "What was decided: ids, amounts in minor units, reasons. Names of persons are never in it",
      examples: [{ amountMinor: 5000, currency: "EUR" }],
    }),
  },
  { description: "One change, by whom and when" },
);

export const auditListSchema = Type.Object(
  {
    items: Type.Array(auditActSchema),
    next: Type.Union([Type.String(), Type.Null()], {
      description: "Pass as cursor for the next page; null on the last",
      examples: ["MTc1ODI4MzIwMDAwMA.01994e0a-3c00-7000-8000-00000000a001"],
    }),
  },
  { description: "A page of what was done for a tenant, the newest first" },
);
export type AuditList = Static<typeof auditListSchema>;

export const exampleAuditList: AuditList = {
  items: [
    {
      actId: "01994e0a-3c00-7000-8000-00000000a001",
      at: "2025-09-19T12:00:00.000Z",
      actor: { kind: "operator", id: "4fQz8LrT1cXa", name: "cashier desk" },
      action: "deposit",
      subject: { kind: "player", id: "01994e0a-3c00-7000-8000-00000000000b" },
      facts: { amountMinor: 5000, currency: "EUR" },
    },
  ],
  next: null,
};

/** Component schemas, by the names the contract gives them. */
export const schemas = { AuditList: auditListSchema };
