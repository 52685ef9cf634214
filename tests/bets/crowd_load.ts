import { type Bettor, bodyOf, type Crowd, type Slip } from "./crowd.ts";
import { AnswerLostError, createCrowdClient } from "./crowd_client.ts";

/** What the crowd was told. */
export interface CrowdTold {
  /** Distinct keys whose bet was taken. */
  readonly accepted: number;
  /** Keys that were sent again after they had been answered, and answered otherwise than the first time. */
  readonly contradicted: number;
  /** Answers by status, and by code where they are refusals. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of accepted bets, first sends alone, in milliseconds, sorted. */
  readonly latenciesMs: readonly number[];
  readonly tookMs: number;
}

/** How often a client sends a key again that was answered: an impatient one. */
const AGAIN_EVERY = 23;
const DRAW_EVERY = 19;

/**
 * Every bettor of the crowd bets as soon as the last bet is answered, until the time is over. One event is hot: all bets are on it unless
 * the crowd has several.
 *
 * @param ports Of the web processes that share the load.
 */
export async function loadCrowd(
  crowd: Crowd,
  { ports, forMs }: { readonly ports: readonly number[]; readonly forMs: number },
): Promise<CrowdTold> {
  const counts: Record<string, number> = {};
  const latenciesMs: number[] = [];
  let accepted = 0;
  let contradicted = 0;
  const startedAt = performance.now();
  const count = (status: number, text: string) => {
    const name = status === 201 ? "201" : `${status} ${/"code":"([a-z_]+)"/.exec(text)?.[1] ?? ""}`;
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const bet = async (bettor: Bettor, index: number) => {
    using client = createCrowdClient(ports[index % ports.length] ?? 0);
    for (let turn = index; performance.now() - startedAt < forMs; turn++) {
      const slip = slipOf(crowd, turn);
      const request = { bearer: bettor.bearer, key: slip.key, body: bodyOf(slip) };
      const path = `/${bettor.slug}/api/bets`;
      const sentAt = performance.now();
      try {
        const { status, text } = await client.post(path, request);
        count(status, text);
        if (status !== 201) continue;
        latenciesMs.push(performance.now() - sentAt);
        accepted += 1;
        if (turn % AGAIN_EVERY !== 0) continue;
        const again = await client.post(path, request);
        // Not answered, or answered elsewhere at this moment, is no contradiction.
        const isOther = again.status === 201 ? again.text !== text : ![409, 503].includes(again.status);
        if (isOther) contradicted += 1;
      } catch (error) {
        if (!(error instanceof AnswerLostError)) throw error;
        count(0, "");
        await Bun.sleep(20);
      }
    }
  };
  await Promise.all(crowd.bettors.map(bet));
  const tookMs = performance.now() - startedAt;
  return {
    accepted,
    contradicted,
    counts,
    latenciesMs: latenciesMs.sort((one, other) => one - other),
    tookMs,
  };
}

function slipOf({ eventIds }: Crowd, turn: number): Slip {
  return {
    key: crypto.randomUUID(),
    eventId: eventIds[turn % eventIds.length] ?? "",
    outcome: turn % DRAW_EVERY === 0 ? "draw" : turn % 3 === 0 ? "away" : "home",
    stakeMinor: 100 + (turn % 97),
  };
}
