import { expect, test } from "bun:test";
import { parseConfig } from "../../src/config.ts";
import { childSpecs } from "../../src/local/_stack_env.ts";

const ports = { web: 8080, webOps: 9091, oddsOps: 9092, settlementOps: 9093 };

function environmentOf(env: Record<string, string>, child = "web") {
  const options = {
    root: "/checkout",
    ports,
    opsToken: "token",
    loginUrl: "postgres://linehold@localhost/own",
    keys: { playerTokenKeys: "k1:made", identityKey: "made" },
  };
  const specs = childSpecs({ ...options, config: parseConfig(env), env, dataDir: "/home/me/.data" });
  return specs.find(({ name }) => name === child)?.env ?? {};
}

test("bun start lets web listen at its own database and keep its snapshot with the other data", () => {
  const env = environmentOf({});

  expect(env["LISTEN_DATABASE_URL"]).toBe("postgres://linehold@localhost/own");
  expect(env["SNAPSHOT_DIR"]).toBe("/home/me/.data/snapshot");
});

test("bun start leaves both to whoever sets them", () => {
  const env = environmentOf({ LISTEN_DATABASE_URL: "postgres://direct@db/own", SNAPSHOT_DIR: "/elsewhere" });

  expect([env["LISTEN_DATABASE_URL"], env["SNAPSHOT_DIR"]]).toEqual([
    "postgres://direct@db/own",
    "/elsewhere",
  ]);
});

test("bun start gives web the keys of its data directory, unless others are set, and the workers none", () => {
  const ofWeb = environmentOf({});
  const set = environmentOf({ IDENTITY_KEY: Buffer.alloc(32).toString("base64") });

  expect([ofWeb["PLAYER_TOKEN_KEYS"], ofWeb["IDENTITY_KEY"]]).toEqual(["k1:made", "made"]);
  expect(set["IDENTITY_KEY"]).toBe(Buffer.alloc(32).toString("base64"));
  expect(environmentOf({}, "worker_settlement")["IDENTITY_KEY"]).toBeUndefined();
});
