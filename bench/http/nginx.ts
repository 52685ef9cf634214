import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findFreePort } from "../../tests/harness/ports.ts";
import { startProgram } from "./program.ts";
import type { Server } from "./server.ts";

export function findNginx(): string | undefined {
  return Bun.which("nginx") ?? Bun.which("/usr/sbin/nginx") ?? undefined;
}

/** One worker of nginx with `proxy_cache` in front of a server; after the first answer every one is a hit. */
export async function startNginx(
  nginx: string,
  { folder, origin }: { folder: string; origin: number },
): Promise<Server> {
  const home = join(folder, "nginx");
  await mkdir(join(home, "cache"), { recursive: true });
  const port = await findFreePort();
  const config = join(home, "nginx.conf");
  await writeFile(config, configOf({ home, origin, port }));
  const program = await startProgram({
    name: "nginx",
    command: [nginx, "-p", home, "-c", config, "-e", join(home, "error.log")],
    cwd: home,
    port,
  });
  return { ...program, name: "nginx proxy_cache hit, 1 worker", port };
}

/** Tuned as one would for this: no access log, connections kept, descriptors of cached files kept open, nothing revalidated. */
export function configOf({ home, origin, port }: { home: string; origin: number; port: number }): string {
  // As root the worker would give up its rights, and with them the temporary folder.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  return `daemon off;
${user}
worker_processes 1;
pid ${home}/nginx.pid;
error_log ${home}/error.log error;
events { worker_connections 4096; }
http {
  access_log off;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 75;
  keepalive_requests 1000000000;
  open_file_cache max=1000 inactive=60s;
  open_file_cache_valid 60s;
  client_body_temp_path ${home}/body;
  proxy_temp_path ${home}/temp;
  fastcgi_temp_path ${home}/fastcgi;
  uwsgi_temp_path ${home}/uwsgi;
  scgi_temp_path ${home}/scgi;
  proxy_cache_path ${home}/cache levels=1:2 keys_zone=theme:10m inactive=1d;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${origin};
      proxy_cache theme;
      proxy_cache_valid 200 1d;
      proxy_ignore_headers Cache-Control Expires Set-Cookie Vary X-Accel-Expires;
    }
  }
}
`;
}
