// `prisma migrate deploy` without Prisma's engine: the same table, checksums and lock, so that the
// CLI agrees with what it finds. Unlike the CLI it applies a file and notes that it did in one
// transaction: whatever happens, a migration is there and noted, or neither.
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { CannotStart } from "./cannot-start.mjs";
import { ROOT } from "./root.mjs";

const PRISMA_LOCK = 72707369;
const LOCK_MS = 60_000;

/**
 * Brings a database up to date; resolves to the names of the migrations it applied.
 * @param {string} connectionString as the role that owns the database
 * @returns {Promise<string[]>}
 */
export async function migrate(connectionString, folder = path.join(ROOT, "prisma/migrations")) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // the query under way rejects
  await client.connect();
  try {
    await waitForTurn(client);
    await client.query(TABLE);
    const waiting = findWaiting(readMigrations(folder), await listApplied(client));
    for (const migration of waiting) await apply(client, migration);
    return waiting.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** Several instances of the site may be started at once; one migrates and the others wait. */
async function waitForTurn(client) {
  try {
    await client.query(`SET lock_timeout = ${LOCK_MS}`);
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query("RESET lock_timeout");
  } catch (cause) {
    if (cause.code !== "55P03") throw cause;
    throw new CannotStart(
      "Another process has been migrating this database for a minute: wait for it, or stop it, and start again.",
      { cause },
    );
  }
}

/** @returns {{ name: string, sql: string, checksum: string }[]} in the order they are applied */
export function readMigrations(folder) {
  const names = fs.readdirSync(folder).sort();
  return names.flatMap((name) => {
    const file = path.join(folder, name, "migration.sql");
    if (!fs.existsSync(file)) return [];
    const sql = fs.readFileSync(file, "utf8");
    return [{ name, sql, checksum: createHash("sha256").update(sql).digest("hex") }];
  });
}

async function listApplied(client) {
  const { rows } = await client.query(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

function findWaiting(migrations, applied) {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, isFinished } of applied) {
    const migration = known.get(name);
    if (!isFinished) {
      throw new CannotStart(
        `The migration ${name} was begun by another tool and never finished: look at what it left, then mark it with \`npx prisma migrate resolve\`.`,
      );
    }
    if (!migration) {
      throw new CannotStart(
        `The database has the migration ${name}, which this version of Plugfest does not know: update the clone, because a newer version used this database.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new CannotStart(
        `The migration ${name} was edited after it was applied to this database: restore its file, and put the change into a new migration.`,
      );
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function apply(client, { name, sql, checksum }) {
  const startedAt = new Date();
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(NOTE, [randomUUID(), checksum, name, startedAt]);
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined); // a lost connection has rolled back
    throw new CannotStart(
      `The migration ${name} failed and was rolled back (${cause.message}${lineOf(sql, cause.position)}): the database is as it was before; correct the file and start again.`,
      { cause },
    );
  }
}

const lineOf = (sql, position) =>
  position ? `, line ${sql.slice(0, Number(position)).split("\n").length}` : "";

const NOTE = `
INSERT INTO _prisma_migrations
  (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`;

// Word for word what Prisma's engine makes.
const TABLE = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;
