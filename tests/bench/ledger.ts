import type pg from "pg";
import { database } from "@/lib/db/client";

/** One statement as the product handed it to pg. */
export type Statement = string | pg.QueryConfig;

type Query = (statement: Statement, values?: unknown[]) => Promise<unknown>;

/**
 * Writes down every statement of the transactions that `work` makes, in order, from BEGIN to COMMIT, with
 * its parameters. Nothing else may use the pool meanwhile.
 */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const { pool } = database();
  const statements: Statement[] = [];
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  // Pool.query connects with a callback; a transaction, without.
  const connectRecorded = async (): Promise<pg.PoolClient> => {
    const client = await connect();
    const query = client.query.bind(client) as Query;
    const release = client.release.bind(client);
    const recorded: Query = (statement, values) => {
      statements.push(
        typeof statement === "string" && values ? { text: statement, values } : statement,
      );
      return query(statement, values);
    };
    return Object.assign(client, {
      query: recorded,
      release: (error?: Error) => {
        Object.assign(client, { query, release });
        release(error);
      },
    });
  };
  const either = (callback?: unknown) =>
    callback === undefined
      ? connectRecorded()
      : (connect as unknown as (given: unknown) => undefined)(callback);
  Object.assign(pool, { connect: either });
  try {
    await work();
  } finally {
    Object.assign(pool, { connect });
  }
  return statements;
}
