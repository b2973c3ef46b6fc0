import path from "node:path";

export const E2E_PORT = 3190;

/** Where the server of the end-to-end tests says how to reach it. Playwright empties test-results. */
export const E2E_HAND_OVER = path.resolve(import.meta.dirname, "../../build/e2e.json");
