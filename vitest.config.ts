import { defineConfig } from "vitest/config";

// A zone with three quarters of an hour in it, so that nobody relies on the machine's being UTC.
// Set here, before the workers start: Node reads it once.
process.env.TZ = "Asia/Kathmandu";

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    // Much of a test is waiting for the database: two at once, where Vitest would leave a core free. A
    // database that is given is one (tests/setup/cluster.ts).
    maxWorkers: process.env.TEST_DATABASE_URL ? 1 : 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/{unit,contract}/**/*.test.{ts,tsx}"],
          setupFiles: ["tests/setup/seed.ts"],
          // Two cores shared with a build: property tests need their time.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: ["tests/setup/cluster.ts"],
          setupFiles: ["tests/setup/seed.ts", "tests/setup/database.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
