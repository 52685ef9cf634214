import { expect } from "bun:test";
import type { TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { schemas } from "../../src/app.ts";
import { problemSchema } from "../../src/http/mod.ts";
import type { Odds } from "../../src/odds/contract.ts";
import { openStage, type Stage, type StageOptions } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";
import type { TestDatabase } from "../harness/mod.ts";
import { arrangeEvent, arrangeFeed, arrangeOffer, arrangePrices, arrangeResult } from "../odds/catalogue.ts";
import { fillPath, type Operation } from "./document.ts";

/** Business time: when the source of all prices last answered well. */
export const NOON = Date.UTC(2025, 8, 19, 12);
export const PRICE_AGE_MAX_MS = 60_000;

const components: Readonly<Record<string, TSchema>> = { ...schemas, Problem: problemSchema };

/** A stage of a tenant with something to answer on every route, and the values that its paths need. */
export interface Filled extends AsyncDisposable {
  readonly stage: Stage;
  readonly eventId: string;
  ask(operation: Operation): Promise<Response>;
}

export async function openFilled(options: StageOptions = {}): Promise<Filled> {
  let eventId = "";
  const arrange = async (database: TestDatabase) => {
    const tenantId = await arrangeTenant(database, { slug: "acme", document: { name: "Acme Bets" } });
    await arrangeOffer(database, tenantId, { marginBps: 1000 });
    eventId = await arrangeEvent(database, { startsAt: new Date(NOON + 3_600_000) });
    await arrangeFeed(database, new Date(NOON));
    await arrangePrices(database, eventId, [{ outcome: "home", price: [2, 1] }]);
    const over = await arrangeEvent(database, { startsAt: new Date(NOON - 3_600_000), status: "ended" });
    await arrangeResult(database, over, { recordedAt: new Date(NOON) });
  };
  const stage = await open({ arrange, ...options });
  return filledOf(stage, eventId);
}

/** The application as another process of the same deployment that has nothing but what the first remembered. */
export async function openRemembering(
  { eventId }: Pick<Filled, "eventId">,
  options: StageOptions & { readonly snapshot: string },
): Promise<Filled> {
  return filledOf(await open(options), eventId);
}

async function open(options: StageOptions): Promise<Stage> {
  const stage = await openStage({ epochMs: () => NOON, priceAgeMaxMs: PRICE_AGE_MAX_MS, ...options });
  await stage.directory.firstTried;
  return stage;
}

function filledOf(stage: Stage, eventId: string): Filled {
  const values = { tenant: "acme", eventId, competition: "test:1", file: "start.js" };
  return {
    stage,
    eventId,
    // A stream must say what it follows, in one of two ways: neither is required.
    ask: (operation) =>
      stage.get(fillPath(operation, values) + (isStream(operation) ? `?events=${eventId}` : "")),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
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
