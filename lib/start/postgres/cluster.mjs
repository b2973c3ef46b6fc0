// The folder with the database's files: where it is, and how it is made.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { CannotStart } from "../cannot-start.mjs";
import { asIdentity, handOver, isReachableByAll, makeOpenPlace, openPlace } from "./identity.mjs";

const INITDB = [
  "--username=postgres",
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  // Sorts by code point unless a column says otherwise; the same on every machine.
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--no-instructions",
];

/** Where the cluster of the data folder `folder` is, or is to be made. */
export function locateCluster(folder, identity) {
  const usual = path.join(folder, "postgres");
  const hash = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  const outside = path.join(openPlace(`data-${hash}`), "postgres");
  const isShut = identity === "nobody" && !isReachableByAll(path.dirname(folder));
  if (fs.existsSync(usual)) {
    if (isShut) throw new CannotStart(describeShutFolder(folder));
    return usual;
  }
  return isShut || fs.existsSync(outside) ? outside : usual;
}

const describeShutFolder = (folder) =>
  `The database in ${folder} must run as the user "nobody" here, because root may not make user namespaces, and "nobody" cannot reach it: move the data folder to where every user may pass, such as /var/lib, and set PLUGFEST_DATA.`;

/** Lets the identity pass through the folders above the cluster. */
function openTheWay(cluster, identity) {
  const folder = path.dirname(cluster);
  if (identity !== "nobody") return;
  if (folder === openPlace(path.basename(folder))) makeOpenPlace(folder);
  else fs.chmodSync(folder, 0o711); // none of our own files in it is readable for others
}

/** Makes the cluster unless it is there. Interrupted half-way, it leaves nothing that looks whole. */
export function ensureCluster(cluster, { initdb, identity, password, fast }) {
  openTheWay(cluster, identity);
  if (fs.existsSync(path.join(cluster, "PG_VERSION"))) return handOver(identity, cluster);
  const partial = `${cluster}.partial`;
  const passwordFile = `${cluster}.password`;
  fs.rmSync(partial, { recursive: true, force: true });
  fs.mkdirSync(partial, { recursive: true, mode: 0o700 });
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  handOver(identity, partial);
  handOver(identity, passwordFile);
  const args = ["-D", partial, `--pwfile=${passwordFile}`, ...INITDB];
  if (fast) args.push("--no-sync");
  const [file, argv, options] = asIdentity(identity, initdb, args);
  const { status, stderr, error } = spawnSync(file, argv, { ...options, encoding: "utf8" });
  fs.rmSync(passwordFile);
  if (status !== 0) {
    throw new CannotStart(`initdb could not make a database in ${cluster}: ${stderr || error}`);
  }
  fs.renameSync(partial, cluster);
}
