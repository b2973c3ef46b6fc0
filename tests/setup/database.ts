import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, inject } from "vitest";
import { database } from "@/lib/db/client";
import { withClient } from "@/lib/start/roles.mjs";

// Each test file gets its own copy of the migrated database, and each test makes its own event in
// it: nothing is shared, nothing is emptied, and files run side by side.
const template = inject("templates")[Number(process.env.VITEST_POOL_ID) - 1];
if (!template) throw new Error("There is no database for this worker.");
const { owner, app } = template;
/** The server of this worker, for what is about servers and not about the data in one. */
export const superuserUrl = template.superuser;
const source = new URL(app).pathname.slice(1);
const copy = `plugfest_test_${randomBytes(6).toString("hex")}`;
const data = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-test-"));

function toCopy(url: string): string {
  const changed = new URL(url);
  changed.pathname = `/${copy}`;
  return changed.toString();
}

/** For what the application itself may not do: look into its rights, spoil a row on purpose. */
export const ownerUrl = toCopy(owner);

await withClient(superuserUrl, (client) =>
  client.query(`CREATE DATABASE ${copy} TEMPLATE ${source} OWNER plugfest_owner`),
);
Object.assign(process.env, {
  DATABASE_URL: toCopy(app),
  AUTH_SECRET: "a secret for the tests and for nothing else",
  APP_URL: "http://localhost:3000",
  PLUGFEST_DATA: data,
  // A test of the limits sets them again, before its first request.
  RATE_LIMITS: "off",
});

afterAll(async () => {
  const { pool, prisma } = database();
  await prisma.$disconnect();
  if (!pool.ended) await pool.end();
  await withClient(superuserUrl, (client) => client.query(`DROP DATABASE ${copy} WITH (FORCE)`));
  fs.rmSync(data, { recursive: true, force: true });
});
