/** `bun run bench http`: a theme out of memory over HTTP, beside servers that do nothing else, and with Postgres frozen. */
import { runBench } from "../measure/run.ts";
import type { Verdict } from "../measure/verdict.ts";
import { frozenTable, judgeFrozen, measureFrozen } from "./frozen.ts";
import { findGunicorn, startGunicorn } from "./gunicorn.ts";
import { findNginx, startNginx } from "./nginx.ts";
import { judgeRates, measureRates, type RateRow, ratesNotMeasured, rateTable } from "./rates.ts";
import { type Server, startScript } from "./server.ts";
import { askTheme, differences, keepTheme, openStage, type Stage, startWeb } from "./stage.ts";
import { findWrk } from "./wrk.ts";

type Progress = (line: string) => void;

await runBench("http", async ({ rounds }, { progress }) => {
  progress("starting a Postgres");
  await using stage = await openStage();
  const wrk = findWrk();
  const rates = wrk === undefined ? undefined : await compareRates(stage, { wrk, rounds, progress });
  const frozen = await compareFrozen(stage, { wrk, rounds, progress });
  return {
    tables: [...(rates === undefined ? [] : [rateTable(rates.rows)]), frozenTable(frozen)],
    rows: { rates: rates?.rows ?? [], frozen },
    verdicts: [
      ...(rates?.verdicts ?? ratesNotMeasured("wrk is not installed (Debian: wrk)")),
      ...judgeFrozen(frozen),
    ],
  };
});

/** With the settings as they are by default: values live a minute, so that nearly every answer is a hit. */
async function compareRates(
  stage: Stage,
  { progress, rounds, wrk }: { wrk: string; rounds: number; progress: Progress },
): Promise<{ rows: readonly RateRow[]; verdicts: readonly Verdict[] }> {
  await using servers = new AsyncDisposableStack();
  const linehold = servers.use(await startWeb("linehold load-theme", { ...stage, ttlSeconds: 60 }));
  const answer = await askTheme(linehold);
  const themeFile = await keepTheme(answer, stage);
  const script = async (name: string, entry: string) =>
    servers.use(await startScript(name, { entry, env: { THEME_FILE: themeFile } }));
  const elysia = await script("bare Elysia route", "bare_elysia.ts");
  const elysiaAgain = await script("bare Elysia route again (A/A)", "bare_elysia.ts");
  const bun = await script("bare Bun route", "bare_bun.ts");
  const [nginxPath, gunicornPath] = [findNginx(), findGunicorn()];
  const nginx = nginxPath && servers.use(await startNginx(nginxPath, { ...stage, origin: bun.port }));
  const gunicorn = gunicornPath && servers.use(await startGunicorn(gunicornPath, { ...stage, themeFile }));
  const others = [bun, ...(gunicorn ? [gunicorn] : [])];
  const contenders = { linehold, elysia, elysiaAgain, others, nginx: nginx || undefined };
  await holdSame(answer, [elysia, elysiaAgain, ...others, ...(nginx ? [nginx] : [])]);
  const rows = await measureRates(contenders, { wrk, rounds, progress });
  return { rows, verdicts: judgeRates(rows, contenders) };
}

/** Servers that do not give the same answer are not to be compared. */
class UnlikeAnswersError extends Error {
  override readonly name = "UnlikeAnswersError";
  readonly code = "unlike_answers";
}

async function holdSame(
  answer: Awaited<ReturnType<typeof askTheme>>,
  servers: readonly Server[],
): Promise<void> {
  for (const server of servers) {
    const unlike = differences(answer, await askTheme(server));
    if (unlike.length > 0)
      throw new UnlikeAnswersError(
        `Cannot compare with ${server.name} as its answer differs in ${unlike.join(", ")}`,
      );
  }
}

/** With values that live a second, so that a frozen database is felt. */
async function compareFrozen(
  stage: Stage,
  options: { wrk: string | undefined; rounds: number; progress: Progress },
) {
  await using linehold = await startWeb("linehold load-theme", { ...stage, ttlSeconds: 1 });
  return await measureFrozen(linehold, stage.database.postgres, options);
}
