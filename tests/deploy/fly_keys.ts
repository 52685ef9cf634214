/** What a key of fly.toml may hold. `map` is a table whose keys are the author's own, `named` one of named tables. */
export type Shape =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "duration"
  | "size"
  | "strings"
  | "map"
  | "any"
  | { readonly table: KeyTable }
  | { readonly tables: KeyTable }
  | { readonly named: KeyTable };

export type KeyTable = Readonly<Record<string, Shape>>;

const compute: KeyTable = {
  size: "string",
  memory: "size",
  cpu_kind: "string",
  cpus: "integer",
  memory_mb: "integer",
  max_memory_mb: "integer",
  gpus: "integer",
  gpu_kind: "string",
  host_dedication_id: "string",
  persist_rootfs: "string",
  kernel_args: "strings",
  processes: "strings",
};

const concurrency: KeyTable = { type: "string", hard_limit: "integer", soft_limit: "integer" };
const tlsOptions: KeyTable = { alpn: "strings", versions: "strings", default_self_signed: "boolean" };

const httpOptions: KeyTable = {
  compress: "boolean",
  response: { table: { headers: "map", pristine: "boolean" } },
  h2_backend: "boolean",
  idle_timeout: "integer",
  headers_read_timeout: "integer",
  replay_cache: {
    tables: {
      path_prefix: "string",
      ttl_seconds: "integer",
      type: "string",
      name: "string",
      allow_bypass: "boolean",
    },
  },
};

const tcpCheck: KeyTable = { interval: "duration", timeout: "duration", grace_period: "duration" };

const httpCheck: KeyTable = {
  ...tcpCheck,
  method: "string",
  path: "string",
  protocol: "string",
  tls_skip_verify: "boolean",
  tls_server_name: "string",
  headers: "map",
};

const machineCheck: KeyTable = {
  command: "strings",
  image: "string",
  entrypoint: "strings",
  kill_signal: "string",
  kill_timeout: "duration",
};

const routing: KeyTable = {
  internal_port: "integer",
  auto_stop_machines: "any",
  auto_start_machines: "boolean",
  min_machines_running: "integer",
  processes: "strings",
  concurrency: { table: concurrency },
  machine_checks: { tables: machineCheck },
};

const port: KeyTable = {
  port: "integer",
  start_port: "integer",
  end_port: "integer",
  handlers: "strings",
  force_https: "boolean",
  tls_options: { table: tlsOptions },
  http_options: { table: httpOptions },
  proxy_proto_options: { table: { version: "string" } },
};

const mount: KeyTable = {
  source: "string",
  destination: "string",
  initial_size: "size",
  snapshot_retention: "integer",
  scheduled_snapshots: "boolean",
  auto_extend_size_threshold: "integer",
  auto_extend_size_increment: "size",
  auto_extend_size_limit: "size",
  processes: "strings",
};

const build: KeyTable = {
  builder: "string",
  args: "map",
  buildpacks: "strings",
  image: "string",
  settings: "any",
  builtin: "string",
  dockerfile: "string",
  ignorefile: "string",
  "build-target": "string",
  compose: { table: { file: "string" } },
  compression: "string",
  compression_level: "integer",
};

const deploy: KeyTable = {
  strategy: "string",
  max_unavailable: "number",
  wait_timeout: "duration",
  release_command: "string",
  release_command_timeout: "duration",
  release_command_vm: { table: compute },
  seed_command: "string",
};

const experimental: KeyTable = {
  cmd: "strings",
  entrypoint: "strings",
  exec: "strings",
  auto_rollback: "boolean",
  enable_consul: "boolean",
  enable_etcd: "boolean",
  lazy_load_images: "boolean",
  attached: { table: { secrets: { table: { export: "map" } } } },
  machine_config: "string",
};

/**
 * Every key that flyctl reads, from the struct tags of `internal/appconfig` and fly-go (August 2026). flyctl itself
 * passes over a key it does not know, so a misspelt one is a default in force and not an error.
 */
export const FLY_KEYS: KeyTable = {
  app: "string",
  primary_region: "string",
  kill_signal: "string",
  kill_timeout: "duration",
  swap_size_mb: "integer",
  console_command: "string",
  host_dedication_id: "string",
  machine_config: "string",
  container: "string",
  experimental: { table: experimental },
  build: { table: build },
  deploy: { table: deploy },
  env: "map",
  processes: "map",
  mounts: { tables: mount },
  http_service: {
    table: {
      ...routing,
      force_https: "boolean",
      tls_options: { table: tlsOptions },
      http_options: { table: httpOptions },
      checks: { tables: httpCheck },
    },
  },
  services: {
    tables: {
      ...routing,
      protocol: "string",
      ports: { tables: port },
      tcp_checks: { tables: tcpCheck },
      http_checks: { tables: httpCheck },
    },
  },
  checks: { named: { ...httpCheck, port: "integer", type: "string", processes: "strings" } },
  files: {
    tables: {
      guest_path: "string",
      local_path: "string",
      secret_name: "string",
      raw_value: "string",
      processes: "strings",
    },
  },
  machine_checks: { tables: machineCheck },
  restart: { tables: { policy: "string", retries: "integer", processes: "strings" } },
  vm: { tables: compute },
  statics: {
    tables: { guest_path: "string", url_prefix: "string", tigris_bucket: "string", index_document: "string" },
  },
  metrics: { tables: { port: "integer", path: "string", https: "boolean", processes: "strings" } },
};

/** Allowed words by the last two names of a key's path (array indexes and check names left out). */
export const FLY_WORDS: Readonly<Record<string, readonly string[]>> = {
  "deploy.strategy": ["rolling", "immediate", "canary", "bluegreen"],
  "restart.policy": ["always", "never", "on-failure"],
  "vm.cpu_kind": ["shared", "performance"],
  "concurrency.type": ["connections", "requests"],
  "checks.type": ["http", "tcp"],
  "checks.protocol": ["http", "https"],
  "http_checks.protocol": ["http", "https"],
  "services.protocol": ["tcp", "udp"],
  "checks.method": ["GET", "HEAD", "get", "head"],
  kill_signal: ["SIGINT", "SIGTERM", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGKILL", "SIGSTOP"],
};

/** The top-level sections that bind to a process group; without `processes` they fall to the first one in the alphabet. */
export const SECTIONS_OF_GROUPS = [
  "http_service",
  "services",
  "checks",
  "restart",
  "mounts",
  "metrics",
  "vm",
  "files",
] as const;
