import { expect, test } from "bun:test";
import { createRequestIds } from "../../src/http/mod.ts";
import { seededRandom } from "../harness/mod.ts";

const asking = (id?: string) =>
  new Request("http://linehold.internal/", { headers: id === undefined ? {} : { "x-request-id": id } });

test("a request keeps one id, and two requests have two", () => {
  const ids = createRequestIds({ random: seededRandom(3) });
  const [one, other] = [asking(), asking()];

  expect(ids.of(one)).toBe(ids.of(one));
  expect(ids.of(one)).not.toBe(ids.of(other));
});

test("the caller's own id is kept when it is harmless, and replaced when it is not", () => {
  const ids = createRequestIds({ random: seededRandom(3) });

  expect(ids.of(asking("abc-123_x.y"))).toBe("abc-123_x.y");
  for (const hostile of ["a b", "<script>", "a".repeat(65), "-x", "ü"]) {
    expect(ids.of(asking(hostile))).toMatch(/^[0-9a-f]{16}-[0-9a-z]+$/);
  }
});

test("a request that stands for another carries the other's id", () => {
  const ids = createRequestIds({ random: seededRandom(3) });
  const [from, to] = [asking(), asking("other")];

  ids.share(from, to);

  expect(ids.of(to)).toBe(ids.of(from));
});
