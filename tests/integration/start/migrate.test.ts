import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrate } from "@/lib/start/migrate.mjs";
import { withClient } from "@/lib/start/roles.mjs";
import { superuserUrl } from "@/tests/setup/database";

let folder = "";
let name = "";
let url = "";

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-migrations-"));
  name = `plugfest_migrate_${randomBytes(4).toString("hex")}`;
  await withClient(superuserUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  const own = new URL(superuserUrl);
  own.pathname = `/${name}`;
  url = own.toString();
});

afterEach(async () => {
  await withClient(superuserUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  fs.rmSync(folder, { recursive: true });
});

function write(migration: string, sql: string): void {
  fs.mkdirSync(path.join(folder, migration), { recursive: true });
  fs.writeFileSync(path.join(folder, migration, "migration.sql"), sql);
}

async function rows(sql: string): Promise<unknown[]> {
  const result = await withClient(url, (client) => client.query<Record<string, unknown>>(sql));
  return result.rows;
}

const tables = () =>
  rows(`SELECT tablename AS name FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`);

test("migrations are applied once, in the order of their names", async () => {
  write("2_pear", "CREATE TABLE pear (apple int REFERENCES apple (id));");
  write("1_apple", "CREATE TABLE apple (id int PRIMARY KEY);");
  expect(await migrate(url, folder)).toEqual(["1_apple", "2_pear"]);
  expect(await migrate(url, folder)).toEqual([]);
  write("3_plum", "CREATE TABLE plum (id int);");
  expect(await migrate(url, folder)).toEqual(["3_plum"]);
  expect(await tables()).toEqual([{ name: "apple" }, { name: "pear" }, { name: "plum" }]);
});

test("two that start at once apply every migration once", async () => {
  write("1_apple", "CREATE TABLE apple (id int); SELECT pg_sleep(0.2);");
  const both = await Promise.all([migrate(url, folder), migrate(url, folder)]);
  expect(both.flat()).toEqual(["1_apple"]);
});

test("an edited migration is refused, and nothing after it is applied", async () => {
  write("1_apple", "CREATE TABLE apple (id int);");
  await migrate(url, folder);
  write("1_apple", "CREATE TABLE apple (id bigint);");
  write("2_pear", "CREATE TABLE pear (id int);");
  await expect(migrate(url, folder)).rejects.toThrow(
    "The migration 1_apple was edited after it was applied to this database: restore its file, and put the change into a new migration.",
  );
  expect(await tables()).toEqual([{ name: "apple" }]);
});

test("a database of a newer version is refused", async () => {
  write("1_apple", "CREATE TABLE apple (id int);");
  await migrate(url, folder);
  fs.rmSync(path.join(folder, "1_apple"), { recursive: true });
  await expect(migrate(url, folder)).rejects.toThrow(
    "The database has the migration 1_apple, which this version of Plugfest does not know",
  );
});

describe("a migration that fails", () => {
  beforeEach(async () => {
    write("1_apple", "CREATE TABLE apple (id int);");
    write("2_pear", "CREATE TABLE pear (id int);\n\nINSERT INTO nowhere VALUES (1);");
    write("3_plum", "CREATE TABLE plum (id int);");
    await expect(migrate(url, folder)).rejects.toThrow(
      'The migration 2_pear failed and was rolled back (relation "nowhere" does not exist, line 3): the database is as it was before; correct the file and start again.',
    );
  });

  test("leaves what went before it and nothing of itself", async () => {
    expect(await tables()).toEqual([{ name: "apple" }]);
    expect(await rows("SELECT migration_name FROM _prisma_migrations")).toEqual([
      { migration_name: "1_apple" },
    ]);
  });

  test("is applied once its file is corrected", async () => {
    write("2_pear", "CREATE TABLE pear (id int);");
    expect(await migrate(url, folder)).toEqual(["2_pear", "3_plum"]);
    expect(await tables()).toEqual([{ name: "apple" }, { name: "pear" }, { name: "plum" }]);
  });
});

test("what Prisma's own tool began and did not finish is not touched", async () => {
  write("1_apple", "CREATE TABLE apple (id int);");
  await migrate(url, folder);
  await rows("UPDATE _prisma_migrations SET finished_at = NULL");
  await expect(migrate(url, folder)).rejects.toThrow(
    "The migration 1_apple was begun by another tool and never finished",
  );
});
