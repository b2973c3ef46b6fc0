import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/start/migrate.mjs";
import { APP, asRole, ensureOwnedDatabase, letAppLogIn, OWNER } from "@/lib/start/roles.mjs";
import { startScratchPostgres } from "@/lib/start/scratch.mjs";

/** Connection strings to the migrated database that every test file gets a copy of. */
type Template = { superuser: string; owner: string; app: string };

declare module "vitest" {
  interface ProvidedContext {
    /** One for each worker. */
    templates: Template[];
  }
}

/**
 * A Postgres for each worker: a throw-away cluster, or for one worker the server of TEST_DATABASE_URL, as
 * a superuser. Not one for all: a position is of the whole cluster (ADR 4), and a transaction of
 * another file's test would hold back what was written before it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const wanted = given ? 0 : project.vitest.config.maxWorkers;
  const scratches = await Promise.all(Array.from({ length: Number(wanted) }, startScratchPostgres));
  const servers = given ? [given] : scratches.map((scratch) => scratch.url());
  project.provide("templates", await Promise.all(servers.map(makeTemplate)));
  return async () => {
    await Promise.all(scratches.map((scratch) => scratch.stop()));
  };
}

/** Migrated once, by the role that migrates in production. */
async function makeTemplate(server: string): Promise<Template> {
  const superuser = new URL(server);
  const database = `plugfest_template_${randomBytes(4).toString("hex")}`;
  const password = randomBytes(16).toString("hex");

  await ensureOwnedDatabase(superuser.toString(), { database, password });
  const template = new URL(superuser);
  template.pathname = `/${database}`;
  const owner = asRole(template, OWNER, password);
  await migrate(owner);
  await letAppLogIn(superuser.toString(), password);
  return { superuser: superuser.toString(), owner, app: asRole(template, APP, password) };
}
