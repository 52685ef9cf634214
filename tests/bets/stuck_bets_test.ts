import { expect, setDefaultTimeout, test } from "bun:test";
import { failureWords, undecidedWords } from "../../src/bets/stuck_words.ts";
import { arrangeOperator } from "../app/operators.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { runCommandFile } from "../commands/run_command.ts";
import { KICK_OFF, NOW } from "./betting_house.ts";
import { betBody, type Desk, openDesk, SLUG } from "./desk.ts";

setDefaultTimeout(60_000);

interface Stuck {
  readonly bets: readonly { readonly betId: string; readonly [field: string]: unknown }[];
  readonly outcomes: readonly { readonly eventId: string; readonly [field: string]: unknown }[];
  readonly moreBets: boolean;
  readonly moreOutcomes: boolean;
}

const ask = (desk: Desk, { bearer = desk.operator, slug = SLUG } = {}) =>
  desk.stage.ask("GET", `/${slug}/api/admin/settlement/waiting`, { bearer });
const stuckAt = async (desk: Desk) => (await (await ask(desk)).json()) as Stuck;

async function betOn(desk: Desk, eventId: string, outcome = "home"): Promise<string> {
  const player = await desk.addPlayer();
  const placed = await desk.place(player, betBody([{ eventId, outcome }]));
  return String(((await placed.json()) as { betId: unknown }).betId);
}

/** What settlement has made of a market's outcome. */
async function gradeOutcome(
  { stage, tenantId }: Desk,
  eventId: string,
  { why, missing, outcome = "home" }: { why: string; missing: string; outcome?: string },
) {
  await stage.database.owner(
    `insert into outcome_grades (
       tenant_id, event_id, result_version, rules_version, planned_at, market_type, period, label, outcome, decided,
       undecided_why, missing, graded_at
     ) values ($1, $2, 1, 2, $3, '1x2', 'regulation', '', $4, false, $5, $6, $3)`,
    [tenantId, eventId, KICK_OFF, outcome, why, missing],
  );
  await stage.database.owner(
    "insert into fact_versions (event_id, version, source, known_at) values ($1, 1, 'fixture', $2)",
    [eventId, KICK_OFF],
  );
}

const setStatus = ({ stage }: Desk, eventId: string, status: string) =>
  stage.database.owner("update events set status = $2 where event_id = $1", [eventId, status]);

test("an operator sees which bets settlement has failed on, and why, and none that is only open", async () => {
  await using desk = await openDesk();
  const eventId = await desk.addEvent({ home: "Rovers", away: "Town" });
  const [quarantined, retried, corrected, open] = [
    await betOn(desk, eventId),
    await betOn(desk, eventId),
    await betOn(desk, eventId),
    await betOn(desk, eventId),
  ];
  await desk.stage.database.owner(
    `update bets
     set settlement_attempts = failed.attempts, settlement_failure = failed.failure, state = failed.state,
       settlement_version = failed.version, settlement_retry_at = $2
     from unnest($1::uuid[], $3::integer[], $4::text[], $5::text[], $6::integer[]) as failed (id, attempts, failure, state, version)
     where bet_id = id`,
    [
      [quarantined, retried, corrected],
      new Date("2025-09-20T17:00:00Z"),
      [3, 1, 3],
      ["leg_ungradable", "22003", "23514 entries_balance"],
      ["quarantined", "open", "settled"],
      [0, 0, 1],
    ],
  );

  const { bets, outcomes } = await stuckAt(desk);

  expect(
    bets.map(({ betId, state, failure, reason, attempts, retryAt }) => [
      betId,
      state,
      failure,
      reason,
      attempts,
      retryAt,
    ]),
  ).toEqual(
    [
      [quarantined, "quarantined", "leg_ungradable", "No rule grades its market", 3, null],
      [
        ...[retried, "open", "22003"],
        ...["One of its numbers is too large to be stored, as its return is", 1, "2025-09-20T17:00:00.000Z"],
      ],
      [
        ...[corrected, "settled", "23514 entries_balance"],
        ...['The database refused it by the rule "entries_balance" (SQLSTATE 23514)', 3, null],
      ],
    ].sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  );
  expect(bets.map(({ betId }) => betId)).not.toContain(open);
  expect(bets[0]).toMatchObject({
    stakeMinor: 500,
    legs: [{ legNumber: 1, eventId, home: "Rovers", away: "Town", marketType: "1x2", outcome: "home" }],
  });
  expect(outcomes).toEqual([]);
});

test("an operator sees the outcomes that open bets wait for once their event is over, with the fact that is missing", async () => {
  await using desk = await openDesk();
  const [over, running, ruleless, silent] = [
    await desk.addEvent(),
    await desk.addEvent(),
    await desk.addEvent(),
    await desk.addEvent(),
  ];
  for (const eventId of [over, over, running, ruleless, silent]) await betOn(desk, eventId);
  await gradeOutcome(desk, over, { why: "fact_missing", missing: "score of regulation" });
  await gradeOutcome(desk, running, { why: "fact_missing", missing: "score of regulation" });
  await gradeOutcome(desk, ruleless, { why: "facts_contradict", missing: "score" });
  await setStatus(desk, over, "ended");
  await setStatus(desk, running, "live");
  await setStatus(desk, silent, "unknown");

  const { outcomes } = await stuckAt(desk);

  const told = outcomes.map(({ eventId, bets, why, reason, eventStatus }) => [
    eventId,
    bets,
    why,
    reason,
    eventStatus,
  ]);
  expect(told).toEqual(
    [
      [over, 2, "fact_missing", "It is not known: score of regulation", "ended"],
      [ruleless, 1, "facts_contradict", "Two facts exclude each other about: score", "scheduled"],
      [silent, 1, "nothing_known", "Nobody has said how the event stands", "unknown"],
    ].sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  );
});

test("an event that should be over hours ago is asked about although its source still has it running", async () => {
  const later = new Date(KICK_OFF.getTime() + 7 * 3_600_000);
  let now = NOW;
  await using desk = await openDesk({ epochMs: () => now.getTime() });
  const eventId = await desk.addEvent();
  await betOn(desk, eventId);
  const before = await stuckAt(desk);
  now = later;

  const after = await stuckAt(desk);

  expect(before.outcomes).toEqual([]);
  expect(after.outcomes).toMatchObject([{ eventId, why: "nothing_known" }]);
});

test("nobody but an operator of the tenant is shown what is stuck, and of another tenant nothing is", async () => {
  await using desk = await openDesk();
  const eventId = await desk.addEvent();
  const betId = await betOn(desk, eventId);
  await desk.stage.database.owner(
    "update bets set state = 'quarantined', settlement_attempts = 3, settlement_failure = 'account_missing' where bet_id = $1",
    [betId],
  );
  const otherId = await arrangeTenant(desk.stage.database, { slug: "other" });
  const other = await arrangeOperator(desk.stage.database, { tenantId: otherId, at: NOW });
  const player = await desk.addPlayer();

  const refused = [
    await ask(desk, { bearer: "" }),
    await ask(desk, { bearer: player.bearer }),
    await ask(desk, { bearer: other }),
  ];

  expect(refused.map(({ status }) => status)).toEqual([401, 401, 401]);
  expect((await stuckAt(desk)).bets.map((bet) => bet.betId)).toEqual([betId]);
});

test("quarantine bets says the same on the command line", async () => {
  await using desk = await openDesk();
  const [failed, waits] = [
    await desk.addEvent({ home: "Rovers", away: "Town\u001b[31m" }),
    await desk.addEvent(),
  ];
  const betId = await betOn(desk, failed);
  await betOn(desk, waits, "draw");
  await desk.stage.database.owner(
    "update bets set state = 'quarantined', settlement_attempts = 3, settlement_failure = 'account_missing' where bet_id = $1",
    [betId],
  );
  const run = (...words: string[]) =>
    runCommandFile("quarantine.ts", ["bets", ...words], { DATABASE_URL: desk.stage.database.url });

  const told = await run("--slug", SLUG);
  const data = await run("--slug", SLUG, "--json");
  const unknown = await run("--slug", "nobody");
  const unsaid = await run();

  expect([told.err, data.err]).toEqual(["", ""]);
  expect([told.code, data.code, unknown.code, unsaid.code]).toEqual([0, 0, 1, 64]);
  expect(told.out.trimEnd().split("\n")).toEqual([
    `bet ${betId}  quarantined  Its player has no account in its currency, 3 times tried  Rovers - Town [31m: 1x2, regulation, home`,
    `1 open  Home - Away: 1x2, regulation, draw  event ${waits}, scheduled  Nobody has said how the event stands`,
  ]);
  expect(JSON.parse(data.out)).toMatchObject({ bets: [{ betId }], outcomes: [{ eventId: waits, bets: 1 }] });
});

test("every code that settlement keeps has words, and one it does not know is told as it is", () => {
  expect(
    ["leg_undecided fact_missing: score", "40P01", "23505 settlements_pkey", "odd", ""].map(failureWords),
  ).toEqual([
    "Nothing decides it: fact_missing: score",
    "The database refused it (SQLSTATE 40P01)",
    'The database refused it by the rule "settlements_pkey" (SQLSTATE 23505)',
    'Settlement failed with "odd"',
    "Settlement failed with no reason kept",
  ]);
  expect(undecidedWords("no_grader", 'market "1x3"')).toBe('No rule grades this market: market "1x3"');
  expect(undecidedWords("new_code", null)).toBe("new code");
});
