import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/core/env";
import { PrismaClient } from "./generated/client";

type Database = { pool: pg.Pool; prisma: PrismaClient };
const kept = globalThis as unknown as { plugfestDatabase?: Database };

/** One pool for Prisma and for hand-written SQL, so that the process has one limit to think about. */
export function database(): Database {
  kept.plugfestDatabase ??= connect();
  return kept.plugfestDatabase;
}

// Without these, Prisma waits for ever on a silent database (research: 8 s and still hanging).
const CONNECT_MS = 3000;
const STATEMENT_MS = 20_000;
const IDLE_IN_TRANSACTION_MS = 10_000;

export function connectionOptions(): pg.PoolConfig {
  const { DATABASE_URL, DATABASE_ROLE } = env();
  const role = DATABASE_ROLE ? ` -c role=${DATABASE_ROLE}` : "";
  return {
    connectionString: DATABASE_URL,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: "plugfest",
    options: `-c statement_timeout=${STATEMENT_MS} -c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS} -c TimeZone=UTC${role}`,
  };
}

function connect(): Database {
  const pool = new pg.Pool({ ...connectionOptions(), max: 12, idleTimeoutMillis: 30_000 });
  // An idle connection that breaks is replaced at the next use; the query that needs one reports.
  pool.on("error", () => undefined);
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

/** Prisma, connected at first use: importing a module opens nothing. */
export const db = new Proxy({} as PrismaClient, {
  get: (_, key) => Reflect.get(database().prisma, key) as unknown,
});
