/** Who may act for a tenant: its keys, the audit row of every act, and each request answered once. */
export { type Act, type ActFacts, type Actor, recordAct } from "./acts.ts";
export { type AnswerDeps, answerOnce, type OperatorAct, type OperatorRequest } from "./answer_once.ts";
export { problems as operatorProblems, reasonSchema, schemas as operatorSchemas } from "./contract.ts";
export {
  OperatorKeyInvalidError,
  OperatorKeyNameTakenError,
  OperatorKeyNotFoundError,
  RequestInProgressError,
  RequestKeyReusedError,
  RequestNotDoneError,
} from "./errors.ts";
export type { OperatorKey } from "./key_queries.ts";
export { makeKey, type PresentedKey } from "./key_text.ts";
export {
  createOperatorKey,
  listOperatorKeys,
  type Operator,
  readOperatorKey,
  requireOperator,
  revokeOperatorKey,
} from "./keys.ts";
export { OPERATOR_REFUSALS } from "./operations.ts";
export { type OperatorRoutesDeps, operatorRoutes } from "./routes.ts";
