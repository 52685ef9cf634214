import { arrangeOperator } from "../app/operators.ts";
import { type ArrangedPlayer, arrangePlayer } from "../app/players.ts";
import { type Asked, openStage, type Stage, type StageOptions } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";

/** Business time of the first request. */
export const NOON = Date.UTC(2025, 8, 19, 12);

/** An answer, whole. */
export interface Told {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** The text as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the service answers, for the test to look into
  readonly body: any;
}

/** An operator of a tenant at work, over the whole application. */
export interface Desk extends AsyncDisposable {
  readonly stage: Stage;
  readonly tenantId: string;
  readonly bearer: string;
  ask(method: string, path: string, asked?: Asked): Promise<Told>;
  /** As the operator, below `/acme/api/admin`; a POST has a key of its own unless it is given one. */
  get(path: string): Promise<Told>;
  put(path: string, body: unknown): Promise<Told>;
  post(
    path: string,
    body: unknown,
    asked?: { readonly key?: string; readonly bearer?: string },
  ): Promise<Told>;
  /** A verified player of euros, unless said otherwise. */
  player(wanted?: Partial<Parameters<typeof arrangePlayer>[1]>): Promise<ArrangedPlayer>;
  /** What the player has, as the player is told. */
  wallet(player: ArrangedPlayer, query?: string): Promise<Told>;
}

export async function openDesk(options: StageOptions = {}): Promise<Desk> {
  let tenantId = "";
  const stage = await openStage({
    epochMs: () => NOON,
    ...options,
    arrange: async (database) => {
      tenantId = await arrangeTenant(database, { slug: "acme" });
      await options.arrange?.(database);
    },
  });
  await stage.directory.firstTried;
  const at = new Date(NOON);
  const bearer = await arrangeOperator(stage.database, { tenantId, at, name: "desk" });
  const ask = async (method: string, path: string, asked: Asked = {}): Promise<Told> => {
    const response = await stage.ask(method, path, asked);
    const { status, headers } = response;
    const text = await response.text();
    return { status, headers, text, body: text === "" ? undefined : JSON.parse(text) };
  };
  const admin = "/acme/api/admin";
  return {
    stage,
    tenantId,
    bearer,
    ask,
    get: (path) => ask("GET", admin + path, { bearer }),
    put: (path, body) => ask("PUT", admin + path, { bearer, body }),
    post: (path, body, { key = crypto.randomUUID(), bearer: by = bearer } = {}) =>
      ask("POST", admin + path, { bearer: by, body, headers: { "idempotency-key": key } }),
    player: (wanted = {}) => arrangePlayer(stage.database, { tenantId, at, ...wanted }),
    wallet: ({ bearer: token }, query = "") => ask("GET", `/acme/api/wallet${query}`, { bearer: token }),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}
