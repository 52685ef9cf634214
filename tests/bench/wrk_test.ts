import { expect, test } from "bun:test";
import { configOf } from "../../bench/http/nginx.ts";
import { readSlice, SliceFailedError } from "../../bench/http/wrk.ts";

const REPORT = `Running 1s test @ http://127.0.0.1:1/
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.21ms  400.00us   9.00ms   90.00%
    Req/Sec    52.10k     2.00k   55.00k    70.00%
  Latency Distribution
     50%    1.10ms
     75%    1.30ms
     90%    1.60ms
     99%  850.00us
  52101 requests in 1.00s, 70.10MB read
Requests/sec:  52076.35
Transfer/sec:     70.05MB
`;

test("readSlice reads rate, count and p99 in whatever unit wrk chose", () => {
  expect(readSlice(REPORT, "http://x")).toEqual({
    requestsPerSecond: 52_076.35,
    requests: 52_101,
    p99Ms: 0.85,
  });
  expect(readSlice(REPORT.replace("850.00us", "3.20ms"), "http://x").p99Ms).toBe(3.2);
  expect(readSlice(REPORT.replace("850.00us", "1.20s"), "http://x").p99Ms).toBe(1200);
});

test.each([
  ["answers that were no success", "Non-2xx or 3xx responses: 17\n"],
  ["connections that failed", "Socket errors: connect 0, read 3, write 0, timeout 0\n"],
])("readSlice refuses a slice with %s, however fast it was", (_what, line) => {
  expect(() => readSlice(REPORT + line, "http://x")).toThrow(SliceFailedError);
});

test("readSlice refuses what is no report", () => {
  expect(() => readSlice("unable to connect to 127.0.0.1:1 Connection refused\n", "http://x")).toThrow(
    SliceFailedError,
  );
});

test("nginx is configured with one worker, a cache and a listener on loopback alone", () => {
  const config = configOf({ home: "/tmp/x", origin: 8001, port: 8002 });

  expect(config).toContain("worker_processes 1;");
  expect(config).toContain("listen 127.0.0.1:8002;");
  expect(config).toContain("proxy_pass http://127.0.0.1:8001;");
  expect(config).toContain("proxy_cache theme;");
});
