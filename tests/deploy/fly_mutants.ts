/** A fault put into fly.toml, and the rules that must refuse it: these and no others. */
export interface Mutant {
  readonly name: string;
  readonly rules: readonly string[];
  readonly change: (text: string) => string;
}

const CHECK = /\[\[http_service\.checks\]\]\n(.+\n)+/;
const MOUNTS = /\[\[mounts\]\]\n(.+\n)+/;
const RESTART = /\[\[restart\]\]\n(.+\n)+/;

function swap(from: string | RegExp, to: string): (text: string) => string {
  return (text) => text.replace(from, to);
}

function add(lines: string): (text: string) => string {
  return (text) => `${text}\n${lines}\n`;
}

function env(line: string): (text: string) => string {
  return swap("[env]\n", `[env]\n${line}\n`);
}

export const MUTANTS: readonly Mutant[] = [
  // Groups.
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
  { name: "no restart section", rules: ["restart_always"], change: swap(RESTART, "") },
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
  { name: "no volume", rules: ["volume"], change: swap(MOUNTS, "") },
  {
    name: "the volume elsewhere",
    rules: ["volume"],
    change: swap('destination = "/data"', 'destination = "/app/data"'),
  },
  {
    name: "two sizes of machine for web",
    rules: ["vm"],
    change: add('[[vm]]\nprocesses = ["web"]\nsize = "shared-cpu-8x"'),
  },

  // Ports, checks, routing.
  {
    name: "the public service on the private port",
    rules: ["internal_port"],
    change: swap("internal_port = 8080", "internal_port = 9091"),
  },
  {
    name: "the ports swapped in the settings",
    rules: ["internal_port", "metrics", "worker_check"],
    change: (text) =>
      text
        .replace('PORT = "8080"', 'PORT = "9091"')
        .replace('METRICS_PORT = "9091"', 'METRICS_PORT = "8080"'),
  },
  {
    name: "one port for both listeners",
    rules: ["env_refused"],
    change: swap('METRICS_PORT = "9091"', 'METRICS_PORT = "8080"'),
  },
  {
    name: "a port as text",
    rules: ["internal_port", "value_type"],
    change: swap("internal_port = 8080", 'internal_port = "8080"'),
  },
  {
    name: "the workers behind the public service",
    rules: ["public"],
    change: swap('[http_service]\nprocesses = ["web"]', '[http_service]\nprocesses = ["web", "worker_odds"]'),
  },
  {
    name: "a second public service",
    rules: ["public"],
    change: add('[[services]]\nprocesses = ["web"]\nprotocol = "tcp"\ninternal_port = 9091'),
  },
  {
    name: "plain http let through",
    rules: ["force_https"],
    change: swap("force_https = true", "force_https = false"),
  },
  { name: "the listener on IPv4 alone", rules: ["host"], change: swap('HOST = "::"', 'HOST = "0.0.0.0"') },
  {
    name: "autostop by stopping",
    rules: ["autostop"],
    change: swap('auto_stop_machines = "off"', 'auto_stop_machines = "stop"'),
  },
  {
    name: "autostop by suspending",
    rules: ["autostop"],
    change: swap('auto_stop_machines = "off"', 'auto_stop_machines = "suspend"'),
  },
  {
    name: "autostop by a boolean",
    rules: ["autostop"],
    change: swap('auto_stop_machines = "off"', "auto_stop_machines = true"),
  },
  {
    name: "no machine kept",
    rules: ["min_machines"],
    change: swap("min_machines_running = 2", "min_machines_running = 0"),
  },
  {
    name: "concurrency by connections",
    rules: ["concurrency"],
    change: swap('type = "requests"', 'type = "connections"'),
  },
  {
    name: "the hard limit below the soft one",
    rules: ["concurrency"],
    change: swap("hard_limit = 2000", "hard_limit = 200"),
  },
  {
    name: "processes inside concurrency",
    rules: ["unknown_key"],
    change: swap('type = "requests"', 'type = "requests"\nprocesses = ["web"]'),
  },
  { name: "no check", rules: ["check"], change: swap(CHECK, "") },
  {
    name: "a check on a route that needs the database",
    rules: ["check"],
    change: swap('path = "/healthz"', 'path = "/acme/api/public/events"'),
  },
  { name: "a check by POST", rules: ["check", "word"], change: swap('method = "GET"', 'method = "POST"') },
  {
    name: "processes inside a service's check",
    rules: ["unknown_key"],
    change: swap("[[http_service.checks]]", '[[http_service.checks]]\nprocesses = ["web"]'),
  },
  {
    name: "a check that waits longer than its interval",
    rules: ["check_duration"],
    change: swap('timeout = "2s"', 'timeout = "20s"'),
  },
  {
    name: "a check with no time to boot",
    rules: ["check_duration"],
    change: swap('grace_period = "10s"', 'grace_period = "1s"'),
  },
  {
    name: "a duration that does not parse",
    rules: ["check_duration", "duration"],
    change: swap('interval = "10s"', 'interval = "10 seconds"'),
  },
  {
    name: "a worker without a check",
    rules: ["worker_check"],
    change: swap(/\[checks\.worker_settlement\]\n(.+\n)+/, ""),
  },
  {
    name: "a worker's check on the wrong port",
    rules: ["worker_check"],
    change: swap("port = 9091\nmethod", "port = 8080\nmethod"),
  },
  { name: "a worker's check by tcp", rules: ["worker_check"], change: swap('type = "http"', 'type = "tcp"') },
  {
    name: "a group that is not scraped",
    rules: ["metrics"],
    change: swap(/\[\[metrics\]\]\nprocesses = \["worker_odds"\]\n(.+\n)+/, ""),
  },
  {
    name: "metrics from the public port",
    rules: ["metrics"],
    change: swap('port = 9091\npath = "/metrics"', 'port = 8080\npath = "/metrics"'),
  },

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
