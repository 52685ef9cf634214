import { expect, test } from "bun:test";
import { createRequestSlots } from "./request_slots.ts";

test("a request beyond the slots waits its turn, however quick it is itself", async () => {
  const slots = createRequestSlots(3);
  const gate = Promise.withResolvers<void>();
  const ended: string[] = [];
  const serve = (name: string, work: Promise<void>) => slots.run(() => work).then(() => ended.push(name));

  const stuck = ["first", "second", "third"].map((name) => serve(name, gate.promise));
  const health = serve("health", Promise.resolve());
  await Bun.sleep(20);
  expect(ended).toEqual([]);

  gate.resolve();
  await Promise.all([...stuck, health]);
  expect(ended.at(-1)).toBe("health");
});

test("a request that throws gives its slot to the next in line", async () => {
  const slots = createRequestSlots(1);

  const failing = slots.run(() => Promise.reject(new RangeError("Cannot serve: told to fail")));
  const next = slots.run(() => Promise.resolve("served"));

  await expect(failing).rejects.toThrow("told to fail");
  expect(await next).toBe("served");
});
