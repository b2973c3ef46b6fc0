// npm run fault:NAME: breaks something on purpose, prints what came of it, and ends with 1 when that
// falls short. `-- --seed N` repeats the choices of an earlier run. `short` is what `npm test` runs: a
// small form of several, on one site and one database. Everything is on loopback and ends by itself.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { keepReport } from "./ledger.mjs";
import { randomFrom } from "./random.mjs";
import { openGround } from "./stage.mjs";
import { FAULTS, SHORT, SHORT_LIMIT_S } from "./table.mjs";

const say = (text) => process.stdout.write(`${text}\n`);
const toStop = [];
async function stopAll() {
  for (const stop of toStop.splice(0).reverse()) await stop();
}

/** Ends the process when it takes longer than it may: being stuck is a fault too. */
function endAfter(limitS, what) {
  const late = async () => {
    say(`FAULT  ${what}: not done within ${limitS} s`);
    setTimeout(() => process.exit(1), 15_000).unref();
    await stopAll();
    process.exit(1);
  };
  const timer = setTimeout(() => void late(), limitS * 1000);
  timer.unref();
  return () => clearTimeout(timer);
}

/** Runs one, tells and keeps its figures; resolves to whether all was as it should be. */
async function runFault(name, { ground, seed, isShort }) {
  const fault = FAULTS[name];
  say(`${fault.id}  ${fault.title}${isShort ? ", in short" : ""} (seed ${seed})`);
  const began = performance.now();
  // Of one seed each has a sequence of its own: ids that two have made must not be the same.
  const random = randomFrom(seed + 1_000_003 * Object.keys(FAULTS).indexOf(name));
  const told = await fault.run(ground, { isShort, random, seed, toStop });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const found = Object.entries(told.faults ?? {}).filter(([, count]) => count !== 0);
  for (const [what, figure] of Object.entries(told.figures ?? {})) say(`  ${what}: ${figure}`);
  for (const [what, count] of found) say(`  FAULT  ${what}: ${count}`);
  if (found.length > 0 && ground) tellFailures(ground);
  const verdict = told.notRun
    ? "did not run"
    : ["falls short", "as it should be"][+(found.length === 0)];
  say(`  ${verdict}${told.notRun ? `: ${told.notRun}` : ""} (${seconds} s)`);
  keepReport(name, { ...told, found: Object.fromEntries(found), verdict, seconds, seed, isShort });
  return found.length === 0;
}

/** What the site has logged of its own faults, each kind once. */
function tellFailures({ folder }) {
  const lines = fs.readFileSync(path.join(folder, "site.log"), "utf8").split("\n");
  const kinds = new Map();
  for (const line of lines.filter((one) => one.includes('"request failed"'))) {
    const { cause, instance } = JSON.parse(line);
    kinds.set(cause.slice(0, 120), `${instance}: ${cause.slice(0, 700)}`);
  }
  for (const cause of kinds.values()) say(`  the site: ${cause}`);
}

async function main(name, { seed, isShort }) {
  const names = name === "short" ? SHORT : [name];
  const isOnGround = names.some((one) => !FAULTS[one].isAlone);
  const settings = name === "short" ? {} : FAULTS[name].settings;
  const stopTimer = endAfter(name === "short" ? SHORT_LIMIT_S : FAULTS[name].limitS, name);
  const ground = isOnGround ? await openGround({ toStop, settings }) : undefined;
  let isGood = true;
  for (const one of names) isGood = (await runFault(one, { ground, seed, isShort })) && isGood;
  stopTimer();
  return isGood ? 0 : 1;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string" }, short: { type: "boolean" } },
});
const [name = ""] = positionals;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => void stopAll().then(() => process.exit(1)));
}
try {
  if (name !== "short" && !(name in FAULTS)) {
    throw new Error(`There is no "${name}": use ${["short", ...Object.keys(FAULTS)].join(", ")}.`);
  }
  const seed = values.seed === undefined ? randomBytes(4).readUInt32LE() : Number(values.seed);
  process.exitCode = await main(name, { seed, isShort: name === "short" || values.short === true });
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
} finally {
  await stopAll();
}
