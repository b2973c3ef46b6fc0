import fs from "node:fs";
import path from "node:path";
import { requireSuccess, runQuietly } from "./processes.mjs";
import { ROOT } from "./root.mjs";

// Without `--include=dev`, NODE_ENV=production would leave out what the build needs.
const ARGS = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];

/** Runs `npm ci` unless node_modules is what package-lock.json asks for. */
export async function install() {
  if (isInstalled()) return "up to date";
  // npm names itself when it runs us; started by hand, it is on the path.
  const npm = process.env.npm_execpath;
  const isScript = /\.[cm]?js$/.test(npm ?? "");
  const run = isScript
    ? runQuietly(process.execPath, [npm, ...ARGS])
    : runQuietly("npm", ARGS, { shell: process.platform === "win32" });
  requireSuccess("npm ci", await run);
  return undefined;
}

/** npm notes in node_modules what it put there, so an install by hand counts as well. */
export function isInstalled() {
  const wanted = readPackages("package-lock.json");
  const there = readPackages("node_modules/.package-lock.json");
  return Object.entries(wanted).every(
    ([folder, { version, optional }]) =>
      folder === "" || there[folder]?.version === version || (optional && !there[folder]),
  );
}

function readPackages(file) {
  const full = path.join(ROOT, file);
  return fs.existsSync(full) ? JSON.parse(fs.readFileSync(full, "utf8")).packages : {};
}
