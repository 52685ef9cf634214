import { beforeAll } from "bun:test";
import { suiteServer } from "./suite_server.ts";

// The first file that imports this pays for the start here, within a limit of its own, rather than in its first test.
beforeAll(async () => void (await suiteServer()), 60_000);

// Apart, so that a command may open one too.
export { openDatabase, type TestDatabase } from "./test_database.ts";
