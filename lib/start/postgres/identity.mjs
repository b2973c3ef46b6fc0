// Who Postgres runs as. It refuses to be root, and root is who many a container and small VM has.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const NOBODY = 65534;

/**
 * - `self`: an ordinary user runs it as themselves.
 * - `namespace`: for root, a user namespace in which root is called "nobody". Files stay root's, so
 *   it works in folders that no other user can read.
 * - `nobody`: for root where such namespaces are forbidden (a chroot, most containers): really uid
 *   65534, which must be able to reach the program and the cluster.
 */
export function findIdentity() {
  if (process.getuid?.() !== 0) return "self";
  const [file, args] = namespaced("true", []);
  return spawnSync(file, args).status === 0 ? "namespace" : "nobody";
}

const namespaced = (program, args) => [
  "unshare",
  ["--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, program, ...args],
];

/** What to hand to `spawn` to run a program of Postgres: `[file, args, options]`. */
export function asIdentity(identity, program, args) {
  if (identity === "namespace") return [...namespaced(program, args), {}];
  if (identity === "nobody") return [program, args, { uid: NOBODY, gid: NOBODY, cwd: "/" }];
  return [program, args, {}];
}

/**
 * Gives a file, or a folder with all it holds, to the identity when it is another's: the same data
 * folder may meet root with and without namespaces.
 */
export function handOver(identity, file) {
  if (identity === "self") return;
  const owner = identity === "nobody" ? NOBODY : 0;
  if (fs.statSync(file).uid === owner) return;
  fs.lchownSync(file, owner, owner);
  if (!fs.lstatSync(file).isDirectory()) return;
  for (const name of fs.readdirSync(file, { recursive: true })) {
    fs.lchownSync(path.join(file, name), owner, owner);
  }
}

/** Whether every user of this machine may pass through `folder` and all that is above it. */
export function isReachableByAll(folder) {
  const isOpen = (fs.statSync(folder).mode & 0o001) !== 0;
  const parent = path.dirname(folder);
  return isOpen && (parent === folder || isReachableByAll(parent));
}

/** Where root keeps what another user must reach: outside of every home folder. */
export const openPlace = (name) =>
  path.join(fs.existsSync("/var/lib") ? "/var/lib" : os.tmpdir(), "plugfest", name);

/** Makes a folder in an open place, whatever the umask is. */
export function makeOpenPlace(folder) {
  fs.mkdirSync(folder, { recursive: true });
  for (const each of [path.dirname(folder), folder]) fs.chmodSync(each, 0o755);
}
