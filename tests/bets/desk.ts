import { depositDemo, openAccounts } from "../../src/wallets/mod.ts";
import { arrangeOperator } from "../app/operators.ts";
import { type ArrangedPlayer, arrangePlayer } from "../app/players.ts";
import { openStage, type Stage, type StageOptions } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { type BettingHouse, type EventFixture, NOW, openHouse, PRICES } from "./betting_house.ts";

/** The application with a tenant, its events and players who have money: what bets over HTTP need. */
export interface Desk extends AsyncDisposable {
  readonly stage: Stage;
  readonly house: BettingHouse;
  readonly tenantId: string;
  readonly operator: string;
  addEvent(event?: EventFixture): Promise<string>;
  addPlayer(wanted?: PlayerWanted): Promise<ArrangedPlayer>;
  /** Places under a key of its own unless one is given. */
  place(player: Pick<ArrangedPlayer, "bearer">, body: object, key?: string): Promise<Response>;
  setLimits(limits: readonly object[], options?: { readonly bettingOpen?: boolean }): Promise<void>;
}

export interface PlayerWanted {
  readonly tenantId?: string;
  readonly currency?: string;
  readonly depositMinor?: bigint;
  readonly state?: "verified" | "unverified";
}

export const SLUG = "acme";

/** Opens the desk; the business time of all is noon of the fixtures' Friday. */
export async function openDesk(options: StageOptions = {}): Promise<Desk> {
  let tenantId = "";
  const stage = await openStage({
    epochMs: () => NOW.getTime(),
    ...options,
    async arrange(database) {
      tenantId = await arrangeTenant(database, { slug: SLUG });
      await options.arrange?.(database);
    },
  });
  await stage.directory.firstLoaded;
  const { database } = stage;
  const house = openHouse(database);
  const operator = await arrangeOperator(database, { tenantId, at: NOW });
  let version = 0;
  return {
    stage,
    house,
    tenantId,
    operator,
    addEvent: (event = {}) => house.addEvent(event),
    async addPlayer(wanted = {}) {
      const { depositMinor = 100_000n, currency = "EUR", state = "verified" } = wanted;
      const owner = { tenantId: wanted.tenantId ?? tenantId, currency };
      const player = await arrangePlayer(database, { ...owner, at: NOW, state });
      await using lease = await house.pool.lease({ access: "write", tenantId: owner.tenantId });
      await openAccounts(lease.connection, { ...player, at: NOW });
      if (depositMinor > 0n) {
        const deposited = {
          tenantId: owner.tenantId,
          player: { ...player, state: "verified" },
          amountMinor: depositMinor,
          idempotencyKey: "first",
          at: NOW,
        };
        await depositDemo(lease.connection, deposited);
      }
      await lease.commit();
      return player;
    },
    place: ({ bearer }, body, key = crypto.randomUUID()) =>
      stage.ask("POST", `/${SLUG}/api/bets`, { bearer, body, headers: { "idempotency-key": key } }),
    async setLimits(limits, { bettingOpen = true } = {}) {
      const body = { version, bettingOpen, limits };
      const response = await stage.ask("PUT", `/${SLUG}/api/admin/limits`, { bearer: operator, body });
      if (response.status !== 200) throw new RangeError(`Cannot set limits: ${await response.text()}`);
      version += 1;
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}

export interface LegWanted {
  readonly eventId: string;
  readonly outcome?: string;
  readonly [field: string]: unknown;
}

/** A body that places a bet on outcomes of the fixtures, the home side unless another is named. */
export function betBody(
  legs: readonly LegWanted[],
  { stakeMinor = 500, ...more }: { readonly stakeMinor?: number; readonly [field: string]: unknown } = {},
): Record<string, unknown> {
  return {
    stakeMinor,
    currency: "EUR",
    legs: legs.map(({ outcome = "home", ...leg }) => {
      const price = PRICES[outcome as keyof typeof PRICES] ?? PRICES.home;
      return {
        book: "book",
        marketType: "1x2",
        period: "regulation",
        label: "",
        lineQuarters: null,
        outcome,
        fraction: { numerator: `${price.numerator}`, denominator: `${price.denominator}` },
        ...leg,
      };
    }),
    ...more,
  };
}
