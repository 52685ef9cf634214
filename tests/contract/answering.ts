import { expect } from "bun:test";
import type { TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { schemas } from "../../src/app.ts";
import { problemSchema } from "../../src/http/mod.ts";
import type { Odds } from "../../src/odds/contract.ts";
import { arrangeOperator } from "../app/operators.ts";
import { arrangePlayer } from "../app/players.ts";
import { openStage, type Stage, type StageOptions } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";
import type { TestDatabase } from "../harness/mod.ts";
import { arrangeEvent, arrangeFeed, arrangeOffer, arrangePrices, arrangeResult } from "../odds/catalogue.ts";
import { callerOf, fillPath, type Operation } from "./document.ts";
import { freshKey, type Ground, PREPARATIONS, type Prepared } from "./preparations.ts";

/** Business time: when the source of all prices last answered well. */
export const NOON = Date.UTC(2025, 8, 19, 12);
export const PRICE_AGE_MAX_MS = 60_000;

const components: Readonly<Record<string, TSchema>> = { ...schemas, Problem: problemSchema };

/** A stage of a tenant with something to answer on every route, and the values that its paths need. */
export interface Filled extends AsyncDisposable {
  readonly stage: Stage;
  readonly eventId: string;
  readonly tenantId: string;
  /** As a caller who may, with what the document shows or, where that is not enough, with what was prepared. */
  ask(operation: Operation): Promise<Response>;
  /**
   * Without preparing anything: the caller's token is real, and nothing else has to be, as an operation that must be true is refused before
   * it looks.
   */
  askWithoutDatabase(operation: Operation): Promise<Response>;
  /** With what was prepared, and no word of who asks. */
  askAsNobody(operation: Operation): Promise<Response>;
  /** With what was prepared, and with what another tenant's caller bears. */
  askAsForeigner(operation: Operation): Promise<Response>;
}

export async function openFilled(options: StageOptions = {}): Promise<Filled> {
  let eventId = "";
  let tenantId = "";
  const arrange = async (database: TestDatabase) => {
    tenantId = await arrangeTenant(database, { slug: "acme", document: { name: "Acme Bets" } });
    await arrangeOffer(database, tenantId, { marginBps: 1000 });
    eventId = await arrangeEvent(database, { startsAt: new Date(NOON + 3_600_000) });
    await arrangeFeed(database, new Date(NOON));
    await arrangePrices(database, eventId, [{ outcome: "home", price: [2, 1] }]);
    const over = await arrangeEvent(database, { startsAt: new Date(NOON - 3_600_000), status: "ended" });
    await arrangeResult(database, over, { recordedAt: new Date(NOON) });
  };
  const stage = await open({ arrange, ...options });
  return filledOf(stage, { eventId, tenantId });
}

/** The application as another process of the same deployment that has nothing but what the first remembered. */
export async function openRemembering(
  { eventId, tenantId }: Pick<Filled, "eventId" | "tenantId">,
  options: StageOptions & { readonly snapshot: string },
): Promise<Filled> {
  return filledOf(await open(options), { eventId, tenantId });
}

async function open(options: StageOptions): Promise<Stage> {
  const stage = await openStage({ epochMs: () => NOON, priceAgeMaxMs: PRICE_AGE_MAX_MS, ...options });
  await stage.directory.firstTried;
  return stage;
}

function filledOf(stage: Stage, { eventId, tenantId }: { eventId: string; tenantId: string }): Filled {
  const { database } = stage;
  const ground: Ground = {
    database,
    tenantId,
    eventId,
    at: new Date(NOON),
    player: () => arrangePlayer(database, { tenantId, at: new Date(NOON) }),
    ask: stage.ask,
  };
  const bearerOf = async (operation: Operation, whose = ground) => {
    const caller = callerOf(operation);
    return caller === undefined ? undefined : await CALLERS[caller]?.(whose);
  };
  const ask = async (operation: Operation, { bearer, ...prepared }: Prepared) => {
    const known = { tenant: "acme", eventId, competition: "test:1", file: "start.js" };
    const values = { ...known, playerId: ANYBODY, cancellationId: ANYBODY, ...prepared.values };
    // A stream must say what it follows, in one of two ways: neither is required.
    const query = isStream(operation) ? `?events=${eventId}` : "";
    return stage.ask(operation.method, fillPath(operation, values) + query, {
      bearer,
      headers: { ...headersOf(operation), ...prepared.headers },
      body: prepared.body ?? operation.requestBody?.content["application/json"]?.example,
    });
  };
  const prepare = async ({ operationId }: Operation) => (await PREPARATIONS[operationId]?.(ground)) ?? {};
  const elsewhere = "01994e0a-3c00-7000-8000-00000000ffff";
  const foreign: Ground = {
    ...ground,
    tenantId: elsewhere,
    player: () => arrangePlayer(database, { tenantId: elsewhere, at: new Date(NOON) }),
  };
  return {
    stage,
    eventId,
    tenantId,
    async ask(operation) {
      const prepared = await prepare(operation);
      return ask(operation, { ...prepared, bearer: prepared.bearer ?? (await bearerOf(operation)) });
    },
    askWithoutDatabase: async (operation) => ask(operation, { bearer: await bearerOf(operation) }),
    askAsNobody: async (operation) => ask(operation, { ...(await prepare(operation)), bearer: undefined }),
    async askAsForeigner(operation) {
      const prepared = await prepare(operation);
      return ask(operation, { ...prepared, bearer: await bearerOf(operation, foreign) });
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}

/** A player for whom nobody looks, as there is no database to look in. */
const ANYBODY = "01994e0a-3c00-7000-8000-00000000000b";

/** What each kind of caller bears. It is made past the fault, straight in the database. */
const CALLERS: Readonly<Record<string, (ground: Ground) => Promise<string>>> = {
  player: async (ground) => (await ground.player()).bearer,
  operator: ({ database, tenantId, at }) => arrangeOperator(database, { tenantId, at }),
};

function headersOf({ parameters }: Operation): Record<string, string> {
  const asksForKey = parameters.some(
    ({ in: place, name }) => place === "header" && name.toLowerCase() === "idempotency-key",
  );
  return asksForKey ? { "idempotency-key": freshKey() } : {};
}

/**
 * The body, once status, content type and shape are found to be ones that the contract documents for the operation. Of a stream it is
 * the data of its first message.
 */
export async function expectDocumented(
  { operationId, responses }: Operation,
  response: Response,
): Promise<string> {
  const documented = responses[response.status];
  expect(documented === undefined ? `${operationId} answered ${response.status}` : operationId).toBe(
    operationId,
  );
  if (response.status === 204) return "";
  const contentType = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  if (contentType === "text/event-stream") return await firstData(response);
  const text = await response.text();
  const body = documented?.content?.[contentType] ?? documented?.content?.["*/*"];
  expect(body === undefined ? `${operationId} answered with ${contentType}` : operationId).toBe(operationId);
  const name = body?.schema?.$ref?.split("/").at(-1);
  const schema = name === undefined ? undefined : components[name];
  if (schema !== undefined) {
    const faults = [...Value.Errors(schema, JSON.parse(text))].map(
      ({ path, message }) => `${path}: ${message}`,
    );
    expect(faults).toEqual([]);
  }
  return text;
}

/** Whether it answers for as long as somebody listens: no cache keeps it, and its bodies have no validator. */
export function isStream({ responses }: Operation): boolean {
  return responses[200]?.content?.["text/event-stream"] !== undefined;
}

/** The boards in an answer of a `marked` route: one, or a page of them. */
export function boardsIn(text: string): readonly Odds[] {
  const body = JSON.parse(text) as Odds | { readonly items: readonly Odds[] };
  return "items" in body ? body.items : [body];
}

/** Whether anything in those boards may be bet on. */
export function isBettable(boards: readonly Odds[]): boolean {
  return boards.some(({ markets }) =>
    markets.some(({ outcomes }) => outcomes.some(({ suspended }) => !suspended)),
  );
}

async function firstData(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const data = /^data: (.*)\n\n/m.exec(text)?.[1];
    if (data !== undefined) return data;
  }
  throw new RangeError("The stream ended before its first message");
}
