import { Type } from "@sinclair/typebox";

export const healthSchema = Type.Object(
  {
    ok: Type.Boolean({ examples: [true] }),
    status: Type.String({ description: "healthy, ready or draining", examples: ["healthy"] }),
  },
  { description: "How this process is; says nothing of the database" },
);

export const schemas = { Health: healthSchema };
