// npm run bench: every benchmark of package.json in turn, and what each said in short. `-- --quick` for a look.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { ROOT } from "../../lib/start/root.mjs";

const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8"));
const benches = Object.entries(scripts)
  .filter(([name]) => name.startsWith("bench:"))
  .map(([name, command]) => ({ name, file: command.split(" ").at(-1) }));
const say = (text) => process.stdout.write(`${text}\n`);

let child;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  // Each puts away what it has started before it ends.
  process.once(signal, () => {
    child?.kill(signal);
    process.exitCode = 1;
    benches.length = 0;
  });
}

/** Runs one to its end; resolves to its exit code and its last line of JSON. */
function run({ file }) {
  child = spawn(process.execPath, [path.join(ROOT, file), ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
    process.stdout.write(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, last: lastJson(said) }));
  });
}

const lastJson = (said) => said.split("\n").findLast((line) => line.startsWith('{"bench"'));

/** Every figure that is a ratio or a budget's, found by its name: `to…` compares with something of the same run. */
function figuresOf(value, name = "") {
  if (Array.isArray(value)) return figuresOf(value.at(-1), name);
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      figuresOf(inner, name ? `${name}.${key}` : key),
    );
  }
  return typeof value === "number" ? [`${name} ${value}`] : [];
}

const summary = [];
for (const bench of [...benches]) {
  if (benches.length === 0) break;
  say(`\n=== npm run ${bench.name}`);
  const began = performance.now();
  const { code, last } = await run(bench);
  summary.push({ ...bench, code, last, seconds: Math.round((performance.now() - began) / 1000) });
  if (code !== 0) process.exitCode = 1;
}
say("\n=== summary; of a table its last row");
for (const { name, code, last, seconds } of summary) {
  const figures = last ? figuresOf(JSON.parse(last)).join(", ") : "no figures";
  say(`${name} (${seconds} s${code === 0 ? "" : `, exit ${code}`}): ${figures}`);
}
