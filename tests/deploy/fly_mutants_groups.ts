import { add, type Mutant, section, swap } from "./fly_mutant.ts";

/** Faults in who runs what, restarts and keeps a volume. */
export const GROUP_MUTANTS: readonly Mutant[] = [
  {
    name: "a group left out",
    rules: ["groups", "processes_known"],
    change: swap(/^worker_odds = .*\n/m, ""),
  },
  {
    name: "a group too many",
    rules: ["groups"],
    change: swap("[processes]\n", '[processes]\napp = "bun src/processes/web.ts"\n'),
  },
  {
    name: "a section for a group that is not there",
    rules: ["processes_known", "vm"],
    change: swap(
      'processes = ["worker_odds", "worker_settlement"]\nsize',
      'processes = ["odds", "worker_settlement"]\nsize',
    ),
  },
  { name: "a command through npx", rules: ["command"], change: swap('web = "bun ', 'web = "npx bun ') },
  {
    name: "a command whose file is not there",
    rules: ["command"],
    change: swap("worker_odds.ts", "worker_odd.ts"),
  },
  {
    name: "a command that is kept out of the image",
    rules: ["command"],
    change: swap("src/processes/web.ts", "src/processes/start.ts"),
  },
  {
    name: "workers that restart on failure only",
    rules: ["restart_always"],
    change: swap('policy = "always"', 'policy = "on-failure"'),
  },
  {
    name: "workers that never restart",
    rules: ["restart_always"],
    change: swap('policy = "always"', 'policy = "never"'),
  },
  { name: "no restart section", rules: ["restart_always"], change: swap(section("[[restart]]"), "") },
  {
    name: "a restart policy that there is not",
    rules: ["restart_always", "word"],
    change: swap('policy = "always"', 'policy = "unless-stopped"'),
  },
  {
    name: "the old restart limit",
    rules: ["unknown_key"],
    change: swap('policy = "always"', 'policy = "always"\nrestart_limit = 6'),
  },
  {
    name: "a volume for a worker",
    rules: ["volume"],
    change: swap('processes = ["web"]\nsource', 'processes = ["web", "worker_odds"]\nsource'),
  },
  { name: "no volume", rules: ["volume"], change: swap(section("[[mounts]]"), "") },
  {
    name: "the volume elsewhere",
    rules: ["volume"],
    change: swap('destination = "/data"', 'destination = "/app/data"'),
  },
  {
    name: "a snapshot that a deploy wipes",
    rules: ["snapshot"],
    change: swap('SNAPSHOT_DIR = "/data"', 'SNAPSHOT_DIR = "/app/data"'),
  },
  { name: "no snapshot", rules: ["snapshot"], change: swap('SNAPSHOT_DIR = "/data"\n', "") },
  {
    name: "two sizes of machine for web",
    rules: ["vm"],
    change: add('[[vm]]\nprocesses = ["web"]\nsize = "shared-cpu-8x"'),
  },
];
