import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { isSupportedNode } from "@/lib/start/node-version.mjs";
import { readSettings } from "@/lib/start/settings.mjs";

test("an empty environment means the documented defaults", () => {
  expect(readSettings({})).toEqual({
    port: 3000,
    listen: "127.0.0.1",
    appUrl: "http://localhost:3000",
    data: path.resolve(".plugfest"),
    databaseUrl: undefined,
    databaseAppUrl: undefined,
    authSecret: undefined,
    isDemonstration: true,
  });
});

test("the environment of a self-hoster is taken as it is", () => {
  const env = {
    PORT: "8080",
    LISTEN: "0.0.0.0",
    APP_URL: "https://plugfest.example",
    PLUGFEST_DATA: "/srv/plugfest",
    PLUGFEST_DEMO: "0",
    DATABASE_URL: "postgresql://owner:a@db.example/plugfest",
    DATABASE_APP_URL: "postgres://app:b@db.example/plugfest",
    AUTH_SECRET: "s",
  };
  expect(readSettings(env)).toEqual({
    port: 8080,
    listen: "0.0.0.0",
    appUrl: "https://plugfest.example",
    data: "/srv/plugfest",
    databaseUrl: env.DATABASE_URL,
    databaseAppUrl: env.DATABASE_APP_URL,
    authSecret: "s",
    isDemonstration: false,
  });
});

test.each(["http", "0", "65536", "80.5"])("PORT=%s is refused in a sentence", (PORT) => {
  expect(() => readSettings({ PORT })).toThrow(
    `PORT is "${PORT}", which is not a port: give a number from 1 to 65535.`,
  );
});

test.each(["localhost/plugfest", "mysql://root@localhost/plugfest"])(
  "DATABASE_URL=%s is refused in a sentence",
  (DATABASE_URL) => {
    expect(() => readSettings({ DATABASE_URL })).toThrow(
      "DATABASE_URL is not the address of a Postgres: it should look like postgresql://user:password@host:5432/database.",
    );
  },
);

test("the supported versions of Node are those that package.json names", () => {
  const { engines } = JSON.parse(fs.readFileSync("package.json", "utf8")) as {
    engines: { node: string };
  };
  expect(engines.node).toBe("^20.19.0 || >=22.12.0");
});

test.each([
  ["18.20.4", false],
  ["20.18.3", false],
  ["20.19.0", true],
  ["21.7.3", false],
  ["22.11.0", false],
  ["22.12.0", true],
  ["23.0.0", true],
  ["24.21.0", true],
])("Node %s: %s", (version, isSupported) => {
  expect(isSupportedNode(version)).toBe(isSupported);
});
