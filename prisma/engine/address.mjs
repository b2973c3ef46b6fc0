import pg from "pg";

// Parameters of Prisma's own connection strings, which `pg` would send to the server as settings.
const PRISMA_ONLY = ["schema", "connection_limit", "pool_timeout", "pgbouncer", "socket_timeout"];

/** A connection string taken apart: what `pg` may see, and what error messages name. */
export function parseAddress(text) {
  const url = new URL(text);
  const schema = url.searchParams.get("schema") ?? undefined;
  for (const name of PRISMA_ONLY) url.searchParams.delete(name);
  return {
    url: url.toString(),
    schema,
    database: decodeURIComponent(url.pathname.slice(1)) || "postgres",
    user: decodeURIComponent(url.username),
    host: `${url.hostname}:${url.port || "5432"}`,
  };
}

/** The same server, another database. */
export function atDatabase(address, database) {
  const url = new URL(address.url);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.toString();
}

export async function withClient(connectionString, use) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // a cut connection rejects the query that was under way
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Runs one statement about a whole database, which must be sent from another one. */
function administer(address, statement, database = address.database) {
  return withClient(atDatabase(address, "postgres"), (client) =>
    client.query(`${statement} ${client.escapeIdentifier(database)}`),
  );
}

export const createDatabase = (address, name) => administer(address, "CREATE DATABASE", name);

export const dropDatabase = (address, name = address.database) =>
  withClient(atDatabase(address, "postgres"), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
  );
