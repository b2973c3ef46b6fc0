// One launcher for one data folder. The lock is a file with the holder's process number, and the
// moment that process began, because numbers are used again after a crash.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { isAlive } from "./postgres/pid-file.mjs";

/**
 * Takes the lock, or tells who holds it.
 * @returns {{ release: () => void, wasLeftBehind: boolean, holder?: undefined } | { holder: number }}
 * `wasLeftBehind`: the last holder was killed, and what it started may still be ending
 */
export function takeLock(file) {
  const mine = `${process.pid} ${birthOf(process.pid)}\n`;
  let wasLeftBehind = false;
  for (;;) {
    try {
      fs.writeFileSync(file, mine, { flag: "wx", mode: 0o600 });
      return { release: () => fs.rmSync(file, { force: true }), wasLeftBehind };
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = holderOf(file);
    if (holder !== undefined) return { holder };
    fs.rmSync(file, { force: true });
    wasLeftBehind = true;
  }
}

/** The process that holds the lock, if that very process still runs. */
export function holderOf(file) {
  if (!fs.existsSync(file)) return undefined;
  const text = fs.readFileSync(file, "utf8");
  const [pid, ...birth] = text.trim().split(" ");
  const isHeld = isAlive(Number(pid)) && birthOf(Number(pid)) === birth.join(" ");
  return isHeld ? Number(pid) : undefined;
}

/** Something that two processes with the same number, one after the other, do not share. */
function birthOf(pid) {
  const file = `/proc/${pid}/stat`;
  if (fs.existsSync(file)) {
    const afterName = fs.readFileSync(file, "utf8").split(") ").at(-1) ?? "";
    return afterName.split(" ")[19]; // field 22, starttime; the name may hold spaces, hence the cut
  }
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return (stdout ?? "").trim().replaceAll(/\s+/g, " ");
}
