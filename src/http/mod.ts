/** The edge: problem responses, cache headers, host reading, request ids, the assembled contract. Knows no tenant and no bet. */
export { answerPublic } from "./answer.ts";
export { assembleContract, type ContractOptions } from "./assemble_contract.ts";
export { type Connections, createConnections } from "./connections.ts";
export { problemSchema, problems as edgeProblems } from "./contract.ts";
export { CursorUnreadableError, decodeTimeCursor, encodeTimeCursor, type TimePosition } from "./cursor.ts";
export { type DocsAssets, docsRoutes } from "./docs.ts";
export { readDocsAssets } from "./docs_assets.ts";
export { createDoor, type Door, type DoorDeps, type Probes, type RequestAnswered } from "./door.ts";
export { errorBoundary, type RequestFailed } from "./error_boundary.ts";
export { answerEvents, type EventSink, STREAM_HEADERS } from "./event_stream.ts";
export { PUBLIC_HEADERS, SECURITY_HEADERS } from "./headers.ts";
export { type HostReading, readHost, targetOf } from "./host.ts";
export { createHotRoutes, type HotRoute, type HotRoutesDeps, type ListenerRoutes } from "./hot_routes.ts";
export {
  type Caller,
  cachedResponses,
  content,
  DEGRADATIONS,
  type Degradation,
  idempotencyKeyParameter,
  operation,
  plainResponse,
  problemResponses,
} from "./operation.ts";
export {
  answerDone,
  answerPrivate,
  IdempotencyKeyMissingError,
  minorToJson,
  readBearer,
  readIdempotencyKey,
} from "./private_answer.ts";
export {
  createProblems,
  type ProblemEntry,
  type Problems,
  type ProblemTable,
  problemType,
} from "./problem.ts";
export { problemHeadings, renderProblemPage } from "./problem_page.ts";
export { lastingCacheControl, type Provenance } from "./provenance.ts";
export { namesEtag, type Representation, represent, representJson } from "./representation.ts";
export { createRequestIds, type RequestIds } from "./request_id.ts";
export { createRouteTable, type DeclaredRoute, type MatchedRoute, type RouteTable } from "./route_table.ts";
export { type HttpServer, type ServeOptions, serve } from "./serve.ts";
export type { AnswerServed } from "./served.ts";
