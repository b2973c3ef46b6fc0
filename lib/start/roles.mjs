// The two roles of a Plugfest database (docs/adr): the owner migrates, the app does the daily work.
// The migrations make `plugfest_app` and say what it may do; who may log in as it is said here.
import pg from "pg";

export const OWNER = "plugfest_owner";
export const APP = "plugfest_app";

/**
 * Runs `use` with a connected client.
 * @template T
 * @param {string} connectionString
 * @param {(client: pg.Client) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withClient(connectionString, use) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // the query under way rejects
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/**
 * Makes the owner and its database on a server whose superuser we are.
 * @param {string} superuserUrl
 * @param {{ database: string, password: string }} owned
 */
export async function ensureOwnedDatabase(superuserUrl, { database, password }) {
  await withClient(superuserUrl, async (client) => {
    await setLogin(client, OWNER, { password, attributes: "CREATEROLE" });
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [
      database,
    ]);
    if (rowCount === 0) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER ${OWNER}`);
    }
  });
}

/**
 * After the migrations: lets the app's role log in with a password.
 * @param {string} superuserUrl
 * @param {string} password
 */
export const letAppLogIn = (superuserUrl, password) =>
  withClient(superuserUrl, (client) => setLogin(client, APP, { password, attributes: "" }));

async function setLogin(client, role, { password, attributes }) {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
  const verb = rowCount === 0 ? "CREATE" : "ALTER";
  await client.query(
    `${verb} ROLE ${role} LOGIN ${attributes} PASSWORD ${client.escapeLiteral(password)}`,
  );
}

/**
 * The same server and database, as another role.
 * @param {string | URL} url
 * @param {string} role
 * @param {string} password
 */
export function asRole(url, role, password) {
  const changed = new URL(url);
  changed.username = role;
  changed.password = password;
  return changed.toString();
}
