// PLUGFEST_DATA: is it there, may we write to it, is there room; and the secrets kept in it.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { CannotStart } from "./cannot-start.mjs";

// A new cluster is 40 MB, and Postgres stops in the middle of its work when it cannot write.
const ROOM_BYTES = 200e6;

export function prepareDataFolder(folder) {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = path.join(folder, `.probe-${process.pid}`);
    fs.writeFileSync(probe, "", { mode: 0o600 });
    fs.rmSync(probe);
    for (const name of fs.readdirSync(folder)) fs.statSync(path.join(folder, name));
  } catch (cause) {
    throw new CannotStart(describeFolderFailure(folder, cause), { cause });
  }
  const { bavail, bsize } = fs.statfsSync(folder);
  requireRoom(folder, bavail * bsize);
}

export function describeFolderFailure(folder, { code, message }) {
  const where = `The data folder ${folder}`;
  if (code === "ENOSPC") return `The disk that holds ${folder} is full: make room and start again.`;
  if (code === "EROFS") return `${where} is on a disk that may only be read: set PLUGFEST_DATA.`;
  if (code === "EACCES" || code === "EPERM") {
    return `${where} may not be read and written by the user ${whoWeAre()}: change its owner, or set PLUGFEST_DATA to another folder.`;
  }
  if (code === "ENOTDIR" || code === "EEXIST") {
    return `${where} cannot be made, because a part of that path is a file: set PLUGFEST_DATA to another folder.`;
  }
  return `${where} cannot be used: ${message}`;
}

/** In a container the user may have a number and no name. */
function whoWeAre() {
  try {
    return `"${os.userInfo().username}"`;
  } catch {
    return String(process.getuid?.());
  }
}

export function requireRoom(folder, freeBytes) {
  if (freeBytes >= ROOM_BYTES) return;
  throw new CannotStart(
    `The disk that holds ${folder} has ${Math.floor(freeBytes / 1e6)} MB left, and Plugfest needs ${ROOM_BYTES / 1e6} MB: make room, or set PLUGFEST_DATA to a folder on another disk.`,
  );
}

/**
 * Passwords and the key that signs, made once and kept where only this user may read them:
 * the last three of the database's roles.
 * @param {string} folder
 * @returns {{ authSecret: string, postgres: string, owner: string, app: string }}
 */
export function keepSecrets(folder) {
  const file = path.join(folder, "secrets.json");
  if (fs.existsSync(file)) return readSecrets(file);
  if (fs.existsSync(path.join(folder, "postgres"))) {
    throw new CannotStart(
      `${file} is gone, and the database beside it was made with the passwords in it: put that file back.`,
    );
  }
  const names = ["authSecret", "postgres", "owner", "app"];
  const secrets = Object.fromEntries(names.map((name) => [name, randomBytes(32).toString("hex")]));
  const partial = `${file}.partial`;
  fs.writeFileSync(partial, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(partial, file);
  return secrets;
}

function readSecrets(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (cause) {
    throw new CannotStart(`${file} cannot be read (${cause.message}): put back a whole copy.`, {
      cause,
    });
  }
}
