import type pg from "pg";
import { isLost } from "@/lib/core/outage";
import { database } from "./client";

/** Hand-written SQL in one transaction on one connection; rolled back when `work` throws. */
export async function transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database().pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // A connection that is gone has nothing to roll back, and would only be asked in vain.
    if (isLost(error)) broken = error as Error;
    else
      await client.query("ROLLBACK").catch((lost: Error) => {
        broken = lost;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}
