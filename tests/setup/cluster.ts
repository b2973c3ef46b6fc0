import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/start/migrate.mjs";
import { APP, asRole, ensureOwnedDatabase, letAppLogIn, OWNER } from "@/lib/start/roles.mjs";
import { startScratchPostgres } from "@/lib/start/scratch.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Connection strings to the migrated database that every test file gets a copy of. */
    template: { superuser: string; owner: string; app: string };
  }
}

/**
 * One Postgres for the whole run: a throw-away cluster, or the server of TEST_DATABASE_URL, as a
 * superuser. Migrated once, by the role that migrates in production.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const scratch = given ? undefined : await startScratchPostgres();
  const superuser = new URL(given ?? scratch?.url() ?? "");
  const database = `plugfest_template_${randomBytes(4).toString("hex")}`;
  const password = randomBytes(16).toString("hex");

  await ensureOwnedDatabase(superuser.toString(), { database, password });
  const template = new URL(superuser);
  template.pathname = `/${database}`;
  const owner = asRole(template, OWNER, password);
  await migrate(owner);
  await letAppLogIn(superuser.toString(), password);
  project.provide("template", {
    superuser: superuser.toString(),
    owner,
    app: asRole(template, APP, password),
  });
  return async () => {
    await scratch?.stop();
  };
}
