import { defineConfig } from "@playwright/test";
import { findChromium } from "./lib/start/chromium.mjs";
import { E2E_HAND_OVER, E2E_PORT } from "./tests/setup/e2e";

const chromium = await findChromium();
const baseURL = `http://localhost:${E2E_PORT}`;

export default defineConfig({
  testDir: "tests/e2e",
  // One server and one database for both: a journey changes only what no other one counts on. A test that
  // fails now and then is a bug, so no retries.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  // What must show is waited for as long as two cores shared by two browsers and a database may need.
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    baseURL,
    trace: "retain-on-failure",
    launchOptions: {
      // A name that is undefined would be taken for a path.
      ...(chromium.executablePath ? { executablePath: chromium.executablePath } : {}),
      env: { ...(process.env as Record<string, string>), ...chromium.env },
      args: [
        "--no-sandbox", // root, as in containers, has none
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    // exec: so that the signal reaches node, and not only the shell.
    command: `exec node tests/setup/e2e-server.mjs ${E2E_PORT} ${E2E_HAND_OVER}`,
    wait: { stdout: /the end-to-end site is ready/ },
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    timeout: 120_000,
  },
});
