import { openEmbeddedPostgres } from "../../src/local/mod.ts";
import { createLog } from "../../src/log.ts";
import { systemClock } from "../../src/resilience/mod.ts";

// A process of its own for the tests to kill: opens a server in the folder it is given, says its pid, and waits.
const log = createLog({ process: "opener", level: "error", clock: systemClock });
const settings = { max_connections: "20", shared_buffers: "8MB", fsync: "off" };
const server = await openEmbeddedPostgres({ dataDir: process.argv[2] ?? "", settings }, { log });
console.log(server.pid);
setInterval(() => undefined, 1000);
