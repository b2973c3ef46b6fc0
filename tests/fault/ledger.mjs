// What a run leaves: a file of figures, for docs/quality-report.md.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ROOT } from "../../lib/start/root.mjs";

const FOLDER = path.join(ROOT, "build/fault");

export function keepReport(name, told) {
  fs.mkdirSync(FOLDER, { recursive: true });
  const [{ model = "unknown" } = {}] = os.cpus();
  const machine = {
    cores: os.availableParallelism(),
    model,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
    system: `${os.type()} ${os.release()}`,
  };
  // A short run does not take the place of a long one.
  const file = path.join(FOLDER, `${name}${told.isShort ? ".short" : ""}.json`);
  const report = { name, at: new Date().toISOString(), machine, ...told };
  fs.writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

/** The long run of a fault, else its short one, else undefined. */
export function readReport(name) {
  const file = [`${name}.json`, `${name}.short.json`]
    .map((one) => path.join(FOLDER, one))
    .find((one) => fs.existsSync(one));
  return file && JSON.parse(fs.readFileSync(file, "utf8"));
}
