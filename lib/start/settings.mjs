// What the environment says to the launcher. docs/self-hosting.md tells operators the same.
import path from "node:path";
import { CannotStart } from "./cannot-start.mjs";
import { ROOT } from "./root.mjs";

/**
 * - PORT (3000) and LISTEN (127.0.0.1; 0.0.0.0 for every interface): where the site answers
 * - APP_URL: what people type, when that is not http://localhost:PORT
 * - PLUGFEST_DATA (.plugfest): the embedded database, secrets, evidence
 * - DATABASE_URL: a Postgres of yours instead of the embedded one, as a role that owns the database
 *   and may create roles; it migrates. The site connects with it too and steps down to the role
 *   `plugfest_app` (DATABASE_ROLE), unless DATABASE_APP_URL gives it a login of its own
 * - PLUGFEST_DEMO=0: no demonstration event
 * @param {Record<string, string | undefined>} env
 */
export function readSettings(env = process.env) {
  const port = readPort(env.PORT || "3000");
  return {
    port,
    listen: env.LISTEN || "127.0.0.1",
    appUrl: env.APP_URL || `http://localhost:${port}`,
    data: path.resolve(ROOT, env.PLUGFEST_DATA || ".plugfest"),
    databaseUrl: readDatabaseUrl(env, "DATABASE_URL"),
    databaseAppUrl: readDatabaseUrl(env, "DATABASE_APP_URL"),
    authSecret: env.AUTH_SECRET || undefined,
    isDemonstration: env.PLUGFEST_DEMO !== "0",
  };
}

function readPort(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new CannotStart(`PORT is "${text}", which is not a port: give a number from 1 to 65535.`);
}

function readDatabaseUrl(env, name) {
  const text = env[name];
  if (!text) return undefined;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  throw new CannotStart(
    `${name} is not the address of a Postgres: it should look like postgresql://user:password@host:5432/database.`,
  );
}
