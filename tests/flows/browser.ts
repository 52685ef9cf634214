import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * Where Chromium is (`CHROMIUM_PATH`, else the usual places), or `undefined` when there is none, for `test.skipIf`.
 *
 * @throws {RangeError} Instead of `undefined` when `REQUIRE` is `all`.
 */
export function chromiumPath(): string | undefined {
  const given = process.env["CHROMIUM_PATH"];
  const found = [...(given ? [given] : []), ...PLACES].find((path) => existsSync(path));
  if (found === undefined && process.env["REQUIRE"] === "all") {
    throw new RangeError('Cannot skip as REQUIRE is "all": there is no Chromium, set CHROMIUM_PATH');
  }
  return found;
}

export interface WatchedBrowser extends AsyncDisposable {
  readonly browser: Browser;
  /** What pages tried to reach beyond this machine: every such request meets our recorder and goes no further. */
  readonly strays: readonly string[];
}

// The browser's own housekeeping, whatever the page: updates, sign-in, autofill.
const HOUSEKEEPING =
  /^(https?:\/\/)?(update|content-autofill|optimizationguide-pa|clients\d|accounts)\.(googleapis|google)\.com\b/;

/** A headless Chromium that reaches 127.0.0.1 and nothing else. */
export async function openBrowser(executablePath: string): Promise<WatchedBrowser> {
  const strays: string[] = [];
  const record = ({ url = "" }: { readonly url?: string | undefined }) => {
    if (!HOUSEKEEPING.test(url)) strays.push(url);
  };
  const recorder = createServer((request, response) => {
    record(request);
    response.writeHead(502).end();
  });
  recorder.on("connect", (request, socket) => {
    record(request);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => recorder.listen(0, "127.0.0.1", resolve));
  const { port } = recorder.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath,
    timeout: 30_000,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--proxy-server=127.0.0.1:${port}`,
    ],
  });
  return {
    browser,
    strays,
    async [Symbol.asyncDispose]() {
      await browser.close();
      recorder.closeAllConnections();
      await new Promise((resolve) => recorder.close(resolve));
    },
  };
}
