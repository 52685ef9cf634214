import { add, type Mutant, section, swap } from "./fly_mutant.ts";

/** Faults in ports, checks, routing and scraping. */
export const TRAFFIC_MUTANTS: readonly Mutant[] = [
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
  { name: "no check", rules: ["check"], change: swap(section("[[http_service.checks]]"), "") },
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
    change: swap(section("[checks.worker_settlement]"), ""),
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
];
