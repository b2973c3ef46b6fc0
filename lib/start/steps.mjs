// What the terminal shows: one line a step, with its time; and the memory of what was done before.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { ROOT } from "./root.mjs";

/** Runs one step; `work` may resolve to a few words about how it went. */
export async function step(name, work) {
  const began = performance.now();
  process.stdout.write(`  ${name.padEnd(28)}`);
  const remark = await work().catch((error) => {
    process.stdout.write("failed\n");
    throw error;
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${seconds.padStart(6)} s${remark ? `  ${remark}` : ""}\n`);
}

const MARKS = path.join(ROOT, "build/made");

/**
 * Makes something out of files, unless exactly these files made what is there now.
 * `inputs` are files and folders; `outputs` are files that tell a thing apart from one made otherwise.
 */
export async function makeOnce(name, { inputs, outputs, make }) {
  const mark = path.join(MARKS, name);
  const wanted = digestOf(inputs);
  if (fs.existsSync(mark) && fs.readFileSync(mark, "utf8") === markOf(wanted, outputs)) {
    return "up to date";
  }
  fs.rmSync(mark, { force: true });
  await make();
  fs.mkdirSync(MARKS, { recursive: true });
  fs.writeFileSync(mark, markOf(wanted, outputs));
  return undefined;
}

const markOf = (wanted, outputs) => `${wanted} ${digestOf(outputs)}\n`;

/** SHA-256 over names and contents. What is missing counts as missing, not as empty. */
export function digestOf(files) {
  const hash = createHash("sha256");
  for (const file of files.flatMap(listFiles)) {
    const bytes = fs.existsSync(path.join(ROOT, file)) && fs.readFileSync(path.join(ROOT, file));
    hash.update(`${file}\0${bytes ? bytes.length : "missing"}\0`);
    if (bytes) hash.update(bytes);
  }
  return hash.digest("hex");
}

/** The files under a path of the clone, sorted; the path itself when it is a file or missing. */
function listFiles(file) {
  const full = path.join(ROOT, file);
  if (!fs.existsSync(full) || !fs.statSync(full).isDirectory()) return [file];
  const names = fs.readdirSync(full).sort();
  return names.flatMap((name) => listFiles(path.posix.join(file, name)));
}
