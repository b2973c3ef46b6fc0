import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isInstalled } from "@/lib/start/install.mjs";
import { takeLock } from "@/lib/start/lock.mjs";
import { superuserUrl } from "@/tests/setup/database";

let folder = "";
beforeEach(() => {
  // Else the launcher would install what this very test runs on.
  expect(isInstalled()).toBe(true);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-refusal-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

type Ending = { code: number | null; said: string };

/** Runs the launcher until it gives up; what it says on stderr is all that counts. */
async function launch(env: Record<string, string>, nodeArgs: string[] = []): Promise<Ending> {
  const child = spawn(process.execPath, [...nodeArgs, "lib/start/start.mjs"], {
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      HOME: folder,
      PLUGFEST_DATA: path.join(folder, "data"),
      ...env,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

const refused = (sentence: string): Ending => ({ code: 1, said: `plugfest: ${sentence}\n` });

async function listen(): Promise<{ port: number; server: net.Server }> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, server };
}

async function freePort(): Promise<string> {
  const { port, server } = await listen();
  server.close();
  return String(port);
}

test("a wrong Node", async () => {
  const pretend = `Object.defineProperty(process, "versions", { value: { node: "18.20.4" } })`;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`];
  expect(await launch({}, args)).toEqual(
    refused(
      "This is Node 18.20.4; Plugfest needs Node 20.19 or later, or 22.12 or later: install one from https://nodejs.org.",
    ),
  );
});

test("a port in use", async () => {
  const { port, server } = await listen();
  expect(await launch({ PORT: String(port) })).toEqual(
    refused(
      `Port ${port} is in use by another program: stop it, or choose another port with PORT=${port + 1} npm start.`,
    ),
  );
  server.close();
});

test("an address that is not this machine's", async () => {
  expect(await launch({ LISTEN: "192.0.2.1" })).toEqual(
    refused(
      'LISTEN is "192.0.2.1", which is no address of this machine: use 127.0.0.1, or 0.0.0.0 for every interface.',
    ),
  );
});

test("a data folder that cannot be one", async () => {
  fs.writeFileSync(path.join(folder, "file"), "");
  const data = path.join(folder, "file/data");
  expect(await launch({ PLUGFEST_DATA: data })).toEqual(
    refused(
      `The data folder ${data} cannot be made, because a part of that path is a file: set PLUGFEST_DATA to another folder.`,
    ),
  );
});

test("a data folder that another launcher uses", async () => {
  const data = path.join(folder, "data");
  fs.mkdirSync(data);
  takeLock(path.join(data, "launcher.pid"));
  expect(await launch({ PORT: "4000" })).toEqual(
    refused(
      `Plugfest already runs on the data folder ${data} (process ${process.pid}): stop that one, or give this one a folder and a port of its own with PLUGFEST_DATA=.plugfest-2 PORT=4001 npm start.`,
    ),
  );
});

test("a database address that is none", async () => {
  expect(await launch({ DATABASE_URL: "localhost" })).toEqual(
    refused(
      "DATABASE_URL is not the address of a Postgres: it should look like postgresql://user:password@host:5432/database.",
    ),
  );
});

test("a database that nobody listens for", async () => {
  const nowhere = await freePort();
  const DATABASE_URL = `postgresql://owner:secret@127.0.0.1:${nowhere}/plugfest`;
  expect(await launch({ DATABASE_URL, PORT: await freePort() })).toEqual(
    refused(
      `The database of DATABASE_URL (127.0.0.1:${nowhere}/plugfest) does not answer (connect ECONNREFUSED 127.0.0.1:${nowhere}): start it, or correct DATABASE_URL.`,
    ),
  );
});

test("a database that does not accept the password, which is not repeated", async () => {
  const wrong = new URL(superuserUrl);
  wrong.password = "guessed";
  expect(await launch({ DATABASE_URL: wrong.toString(), PORT: await freePort() })).toEqual(
    refused(
      `The database of DATABASE_URL (${wrong.host}/postgres) does not answer (password authentication failed for user "postgres"): start it, or correct DATABASE_URL.`,
    ),
  );
});
