import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/core/env";
import { type Lane, lane } from "@/lib/core/lane";
import { PrismaClient } from "./generated/client";
import { watchPulse } from "./pulse";
import { newSocket } from "./sockets";

type Database = { pool: pg.Pool; prisma: PrismaClient };
type Kept = { plugfestDatabase?: Partial<Record<Lane, Database>> };
const kept = globalThis as unknown as Kept;

/**
 * One pool for Prisma and for hand-written SQL, so that there is one limit to think about; another one
 * for batches of results (lib/core/lane.ts). The live listener and the pulse have a connection each.
 */
export function database(): Database {
  kept.plugfestDatabase ??= {};
  kept.plugfestDatabase[lane()] ??= connect(lane());
  return kept.plugfestDatabase[lane()] as Database;
}

// Without these, whoever asks waits for ever on a silent database (research: 8 s and still hanging).
const CONNECT_MS = 2000;
const IDLE_IN_TRANSACTION_MS = 5000;
const TRANSACTION = { maxWait: 2000, timeout: 5000 };

export function connectionOptions(): pg.PoolConfig {
  const { DATABASE_URL, DATABASE_ROLE, DATABASE_STATEMENT_MS, DATABASE_LOCK_MS } = env();
  // On each connection and not by ALTER ROLE: that would not hold for who steps down to the role.
  const settings = {
    statement_timeout: DATABASE_STATEMENT_MS,
    lock_timeout: DATABASE_LOCK_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    TimeZone: "UTC",
    ...(DATABASE_ROLE ? { role: DATABASE_ROLE } : {}),
  };
  return {
    connectionString: DATABASE_URL,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: "plugfest",
    stream: newSocket,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
  };
}

function connect(which: Lane): Database {
  const { DATABASE_PAGES_POOL, DATABASE_INGEST_POOL } = env();
  const max = which === "ingest" ? DATABASE_INGEST_POOL : DATABASE_PAGES_POOL;
  const pool = new pg.Pool({ ...connectionOptions(), max, idleTimeoutMillis: 30_000 });
  // An idle connection that breaks is replaced at the next use; the query that needs one reports.
  pool.on("error", () => undefined);
  watchPulse(pool, connectionOptions());
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: TRANSACTION,
  });
  return { pool, prisma };
}

/** Prisma, connected at first use: importing a module opens nothing. */
export const db = new Proxy({} as PrismaClient, {
  get: (_, key) => Reflect.get(database().prisma, key) as unknown,
});
