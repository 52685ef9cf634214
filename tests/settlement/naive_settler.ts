import { openSession } from "../../src/pool/mod.ts";
import { settleNaively } from "./naive_settlement.ts";

// The naive settlement as a process: right as long as it is never killed.
const session = await openSession({
  url: Bun.env["OWNER_URL"] ?? "",
  applicationName: "naive settler",
  connectTimeoutMs: 5000,
});
process.stdout.write("naive.started\n");

async function settleForEver(): Promise<void> {
  for (;;) {
    if ((await settleNaively(session.query, 100)) === 0) await Bun.sleep(20);
  }
}
void settleForEver();
