// npm run -s admin -- COMMAND: the operator's commands (lib/admin), beside a running site or without
// one. Prints what the command prints and nothing else, so that a script can use it.
import { spawn } from "node:child_process";
import path from "node:path";
import { ADMIN } from "./bundle.mjs";
import { CannotStart } from "./cannot-start.mjs";
import { keepSecrets, prepareDataFolder } from "./data-folder.mjs";
import { exitOnRefusal } from "./exit.mjs";
import { isInstalled } from "./install.mjs";
import { takeLock } from "./lock.mjs";
import { makeAdmin, makeClient } from "./make.mjs";
import { ROOT } from "./root.mjs";
import { readSettings } from "./settings.mjs";
import { siteEnv } from "./site.mjs";

async function administer(args) {
  if (!isInstalled()) {
    throw new CannotStart("The packages are not installed: run `npm start` or `npm ci` first.");
  }
  const settings = readSettings();
  prepareDataFolder(settings.data);
  const secrets = keepSecrets(settings.data);
  await makeClient();
  await makeAdmin();
  const env = siteEnv(settings, secrets);
  const { findDatabaseEnv } = await import("./database.mjs");
  const found = findDatabaseEnv(settings, secrets);
  if (found) return runAdmin(args, { ...env, ...found });
  return withDatabase(settings, secrets, (opened) => runAdmin(args, { ...env, ...opened }));
}

/** Starts the embedded database for this one command, and keeps `npm start` out meanwhile. */
async function withDatabase(settings, secrets, use) {
  const lock = takeLock(path.join(settings.data, "launcher.pid"));
  if (lock.holder) {
    throw new CannotStart("Plugfest is just starting: wait until it is ready, and try again.");
  }
  const { openDatabase } = await import("./database.mjs");
  const database = await openDatabase(settings, secrets);
  try {
    await database.migrate();
    return await use(database.siteEnv);
  } finally {
    await database.stop();
    lock.release();
  }
}

function runAdmin(args, env) {
  const child = spawn(process.execPath, [ADMIN, ...args], {
    cwd: ROOT, // npm goes there by itself; started by hand, the fixtures would not be found
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

await exitOnRefusal(() => administer(process.argv.slice(2)));
