/** What a tenant shows of the catalogue: sports, events, prices, results. */
export { problems as oddsProblems, schemas as oddsSchemas } from "./contract.ts";
export { CursorInvalidError, EventNotFoundError } from "./errors.ts";
export { type Catalogue, type CatalogueDeps, openCatalogue } from "./read_catalogue.ts";
export { oddsRoutes } from "./routes.ts";
