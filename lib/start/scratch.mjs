// A database for a minute: made, used and thrown away. For authors of migrations, checks and tests.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startPostgres } from "./postgres.mjs";

// Waits for the end of its input, which comes when we close it and also when we are killed; then
// stops the server and removes its files. $0 is the server's process, $1 the folder.
const GUARD = `cat > /dev/null
kill -INT "$0"
tries=0
while kill -0 "$0" && [ $tries -lt 500 ]; do sleep 0.02; tries=$((tries + 1)); done
rm -rf "$1"`;

/**
 * Starts a server of its own in a temporary folder, which may hold other files of the caller's.
 * `stop` also removes that folder; should the caller be killed, both happen all the same.
 * @returns {Promise<import("./postgres.mjs").Server & { folder: string }>}
 */
export async function startScratchPostgres() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-"));
  const password = randomBytes(16).toString("hex");
  const server = await startPostgres({ folder, password, fast: true });
  const guard = spawn("sh", ["-c", GUARD, String(server.pid), folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // Ctrl-C must not reach it before it has done its work
  });
  const stop = async () => {
    guard.stdin.end();
    if (guard.exitCode === null) await once(guard, "exit");
  };
  return { ...server, folder, stop };
}
