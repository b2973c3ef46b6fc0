import { expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { withClient } from "@/lib/start/roles.mjs";
import { ownerUrl } from "@/tests/setup/database";

const WHO = `SELECT current_user AS name, rolsuper AS "isSuperuser", rolbypassrls AS "bypasses",
  rolcreaterole AS "createsRoles" FROM pg_roles WHERE rolname = current_user`;

test("the application is neither superuser nor above row security, and makes no roles", async () => {
  const { rows } = await database().pool.query(WHO);
  expect(rows).toEqual([
    { name: "plugfest_app", isSuperuser: false, bypasses: false, createsRoles: false },
  ]);
});

test("the owner is no superuser either, and makes roles", async () => {
  const { rows } = await withClient(ownerUrl, (client) => client.query(WHO));
  expect(rows).toEqual([
    { name: "plugfest_owner", isSuperuser: false, bypasses: false, createsRoles: true },
  ]);
});
