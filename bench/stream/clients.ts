/** A process of readers: says when all have begun, and at the end what they heard and what they show. */
import { openCrowd } from "../../tests/odds/stream_crowd.ts";

const { eventIds, path, port } = JSON.parse(Bun.env["CROWD"] ?? "{}");
const now = () => performance.timeOrigin + performance.now();
using crowd = await openCrowd(
  { port, eventIds, path: (eventId) => String(path).replace("{eventId}", eventId) },
  { now },
);
while (crowd.begun < eventIds.length && crowd.lost === 0) await Bun.sleep(20);
console.log(`begun ${crowd.begun}`);
for await (const line of console) {
  if (line !== "tell") break;
  const file = String(Bun.env["CROWD_FILE"]);
  await Bun.write(file, JSON.stringify({ heard: crowd.heard, shown: crowd.shown(), lost: crowd.lost }));
  console.log("told");
}
