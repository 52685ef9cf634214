import { Elysia } from "elysia";
import { content, operation, type Probes, plainResponse } from "../http/mod.ts";

/** The probes as routes, so that the contract knows them. In a served app the door answers them before any routing. */
export function healthRoutes({ probes }: { readonly probes: Probes }) {
  const answer = ({ request, path }: { request: Request; path: string }) =>
    probes.answer(request.method, path) ?? new Response(null, { status: 404 });
  return new Elysia({ name: "health/routes" })
    .get("/health", answer, { detail: liveness("health") })
    .get("/healthz", answer, { detail: liveness("healthz") })
    .get("/readyz", answer, { detail: readiness });
}

const healthy = content("application/json", { schema: "Health", example: { ok: true, status: "healthy" } });

function liveness(operationId: string) {
  return operation({
    operationId,
    tag: "health",
    degradation: "none-needed",
    summary: "Whether the process answers",
    description: "From memory, for any Host header. Never asks the database.",
    responses: plainResponse("It does", healthy),
  });
}

const readiness = operation({
  operationId: "readyz",
  tag: "health",
  degradation: "none-needed",
  summary: "Whether the process wants traffic",
  description:
    "Ready from the moment it listens until it begins to stop or an operator drains it. Never asks the database.",
  responses: {
    ...plainResponse(
      "It does",
      content("application/json", { schema: "Health", example: { ok: true, status: "ready" } }),
    ),
    503: {
      description: "It is stopping, or an operator drains it",
      headers: { "Retry-After": { $ref: "#/components/headers/RetryAfter" } },
      content: content("application/json", { schema: "Health", example: { ok: false, status: "draining" } }),
    },
  },
});
