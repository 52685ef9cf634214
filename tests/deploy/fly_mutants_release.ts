import { env, type Mutant, swap } from "./fly_mutant.ts";

/** Faults in how a release is made, and in its settings. */
export const RELEASE_MUTANTS: readonly Mutant[] = [
  // Release and stop.
  { name: "Fly's default signal", rules: ["kill_signal"], change: swap('kill_signal = "SIGTERM"\n', "") },
  { name: "SIGINT", rules: ["kill_signal"], change: swap('"SIGTERM"', '"SIGINT"') },
  { name: "Fly's default kill timeout", rules: ["kill_timeout"], change: swap("kill_timeout = 30\n", "") },
  {
    name: "a kill timeout that cuts the drain short",
    rules: ["kill_timeout"],
    change: swap("kill_timeout = 30", "kill_timeout = 12"),
  },
  {
    name: "a drain that outlasts the kill timeout",
    rules: ["kill_timeout"],
    change: swap('DRAIN_TIMEOUT = "8"', 'DRAIN_TIMEOUT = "45"'),
  },
  {
    name: "a kill timeout that Fly would refuse",
    rules: ["kill_timeout"],
    change: swap("kill_timeout = 30", 'kill_timeout = "6m"'),
  },
  { name: "bluegreen", rules: ["strategy"], change: swap('"rolling"', '"bluegreen"') },
  { name: "canary", rules: ["strategy"], change: swap('"rolling"', '"canary"') },
  {
    name: "a strategy that there is not",
    rules: ["strategy", "word"],
    change: swap('"rolling"', '"recreate"'),
  },
  {
    name: "the default share of machines at once",
    rules: ["strategy"],
    change: swap("max_unavailable = 1\n", ""),
  },
  {
    name: "processes inside deploy",
    rules: ["unknown_key"],
    change: swap("[deploy]\n", '[deploy]\nprocesses = ["web"]\n'),
  },
  { name: "no release command", rules: ["release_command"], change: swap(/^release_command = .*\n/m, "") },
  {
    name: "a release command through npx",
    rules: ["release_command"],
    change: swap('release_command = "bun', 'release_command = "npx bun'),
  },
  {
    name: "an image of somebody else's",
    rules: ["build"],
    change: swap('dockerfile = "Dockerfile"', 'image = "example.org/linehold:latest"'),
  },

  // Settings.
  {
    name: "the database URL in [env]",
    rules: ["secret_in_env"],
    change: env('DATABASE_URL = "postgres://login:word@pooler:6432/linehold"'),
  },
  { name: "a token in [env]", rules: ["secret_in_env"], change: env('OPS_TOKEN = "let me in"') },
  { name: "a feed's key in [env]", rules: ["secret_in_env"], change: env('GOALSERVE_KEY = "0123"') },
  {
    name: "credentials inside an ordinary setting",
    rules: ["secret_in_env"],
    change: env('GOALSERVE_URL = "https://user:word@feeds.example.org"'),
  },
  { name: "a setting that no process reads", rules: ["env_unread"], change: env('DB_MAX_CONNS = "30"') },
  {
    name: "a setting that the processes refuse",
    rules: ["env_refused"],
    change: swap('DB_CONN_TIMEOUT = "5"', 'DB_CONN_TIMEOUT = "soon"'),
  },
  { name: "a setting that is not text", rules: ["value_type"], change: swap('PORT = "8080"', "PORT = 8080") },
  {
    name: "the pool the incident began with",
    rules: ["env_promised"],
    change: swap('DB_MAX_CONN = "30"', 'DB_MAX_CONN = "12"'),
  },
  {
    name: "the wait the incident began with",
    rules: ["env_promised"],
    change: swap('DB_CONN_TIMEOUT = "5"', 'DB_CONN_TIMEOUT = "10"'),
  },
];
