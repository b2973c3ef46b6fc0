// The database of an installation: the embedded one, or the one that DATABASE_URL names.
import { CannotStart } from "./cannot-start.mjs";
import { migrate } from "./migrate.mjs";
import { findPostgres, startPostgres } from "./postgres.mjs";
import { APP, asRole, ensureOwnedDatabase, letAppLogIn, OWNER, withClient } from "./roles.mjs";

const NAME = "plugfest";

/**
 * Opens the database and returns what the rest of the start needs of it:
 * `{ where, migrate(), siteEnv, stop() }`; `siteEnv` is what the site connects with.
 */
export const openDatabase = (settings, secrets) =>
  settings.databaseUrl ? openExternal(settings) : openEmbedded(settings, secrets);

async function openEmbedded({ data }, secrets) {
  const server = await startPostgres({ folder: data, password: secrets.postgres });
  await ensureOwnedDatabase(server.url(), { database: NAME, password: secrets.owner });
  const url = server.url(NAME);
  return {
    where: server.found ? `found running at ${server.host}` : `at ${server.host}`,
    siteEnv: embeddedEnv(server.host, secrets),
    stop: server.stop,
    migrate: async () => {
      const applied = await migrate(asRole(url, OWNER, secrets.owner));
      await letAppLogIn(url, secrets.app);
      return applied;
    },
  };
}

const embeddedEnv = (host, secrets) => ({
  DATABASE_URL: asRole(`postgresql://${host}/${NAME}`, APP, secrets.app),
});

async function openExternal({ databaseUrl, databaseAppUrl }) {
  await requireAnswer("DATABASE_URL", databaseUrl);
  if (databaseAppUrl) await requireAnswer("DATABASE_APP_URL", databaseAppUrl);
  return {
    where: `at ${new URL(databaseUrl).host} (DATABASE_URL)`,
    siteEnv: externalEnv({ databaseUrl, databaseAppUrl }),
    stop: async () => undefined,
    migrate: () => migrate(databaseUrl),
  };
}

const externalEnv = ({ databaseUrl, databaseAppUrl }) =>
  databaseAppUrl
    ? { DATABASE_URL: databaseAppUrl }
    : { DATABASE_URL: databaseUrl, DATABASE_ROLE: APP };

/** What the site connects with, when the database is there already; undefined when it is not. */
export function findDatabaseEnv(settings, secrets) {
  if (settings.databaseUrl) return externalEnv(settings);
  const server = findPostgres(settings.data);
  return server && embeddedEnv(server.host, secrets);
}

async function requireAnswer(name, url) {
  try {
    await withClient(url, (client) => client.query("SELECT 1"));
  } catch (cause) {
    const { host, pathname } = new URL(url);
    throw new CannotStart(
      `The database of ${name} (${host}${pathname}) does not answer (${cause.message || cause.code}): start it, or correct ${name}.`,
      { cause },
    );
  }
}
