import pg from "pg";
import { database } from "@/lib/db/client";

/** How many statements `work` sends to Postgres, by whatever way. Run nothing else meanwhile. */
export async function queriesOf(work: () => Promise<unknown>): Promise<number> {
  database();
  const { query } = pg.Client.prototype;
  let count = 0;
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
    count += 1;
    return Reflect.apply(query, this, args) as never;
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return count;
}
