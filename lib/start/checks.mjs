// The checks of `npm run check`: what each one runs, and how two of them run side by side.
import fs from "node:fs";
import path from "node:path";
import { makeClient } from "./make.mjs";
import { PRISMA_ENV } from "./prisma.mjs";
import { runQuietly } from "./processes.mjs";
import { ROOT } from "./root.mjs";

export const REPORTS = path.join(ROOT, "build/test");

/**
 * Runs one check and prints a line with its time; when it fails, also all that it said.
 * @param {string} name
 * @param {() => Promise<{ code: number, output: string }>} run
 * @param {(code: number) => Counts} count tests, for a check that is made of tests
 * @returns {Promise<Counts>} a check that is not made of tests passes none and fails one
 * @typedef {{ passed: number, failed: number }} Counts
 */
export async function runCheck(name, run, count = (code) => ({ passed: 0, failed: code && 1 })) {
  const began = performance.now();
  const { code, output } = await run().catch((error) => ({ code: 1, output: error.stack }));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const counts = count(code);
  const verdict = code === 0 ? "ok" : "FAILED";
  const tests = counts.passed > 0 ? `  ${counts.passed} passed, ${counts.failed} failed` : "";
  console.log(`  ${name.padEnd(28)}${seconds.padStart(6)} s  ${verdict}${tests}`);
  if (code !== 0) console.log(`\n${output.trimEnd()}\n`);
  return counts;
}

const node =
  (...args) =>
  () =>
    runQuietly(process.execPath, args);

/** Vitest, with its counts: a run that fails without a failed test is one failure. */
export const runTests = (project) =>
  runCheck(
    `Tests: ${project}`,
    node(
      "node_modules/vitest/vitest.mjs",
      "run",
      `--project=${project}`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${reportOf(project)}`,
    ),
    (code) => {
      const { numPassedTests, numFailedTests } = readReport(project) ?? {};
      return countsOf(code, numPassedTests, numFailedTests);
    },
  );

const fileOf = (name) => path.join(REPORTS, `${name}.json`);

/** Where a run is to report to; what an earlier one said there is removed. */
export function reportOf(name) {
  fs.rmSync(fileOf(name), { force: true });
  return fileOf(name);
}

export function readReport(name) {
  const file = fileOf(name);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : undefined;
}

/** A tool that fails and names no failed test has failed as a whole. */
export const countsOf = (code, passed = 0, failed = 0) => ({
  passed,
  failed: code !== 0 && failed === 0 ? 1 : failed,
});

// The slowest first, because two run at a time.
const CHECKS = [
  () =>
    runCheck(
      "Types in use (ESLint)",
      node("node_modules/eslint/bin/eslint.js", "--max-warnings=0", "."),
    ),
  () =>
    runCheck("Types (TypeScript)", node("node_modules/typescript/bin/tsc", "--noEmit", "-p", ".")),
  () => runTests("unit"),
  () => runCheck("Migrations yield the schema", node("lib/start/drift.mjs")),
  () => runCheck("Nothing unused (knip)", node("node_modules/knip/bin/knip.js")),
  () =>
    runCheck(
      "Form (Biome)",
      node("node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "."),
    ),
  () =>
    runCheck("Schema (Prisma)", () =>
      runQuietly(process.execPath, ["node_modules/prisma/build/index.js", "validate"], {
        env: PRISMA_ENV,
      }),
    ),
  () => runCheck("Boundaries", node("lib/start/cruise.mjs")),
];

/** Everything that needs neither browser nor build. Resolves to the counts of all. */
export async function runChecks() {
  // What the types depend on and git does not hold: Prisma's client, and the types of the routes.
  const generated = await runCheck("Generated code", async () => {
    await makeClient();
    return node("node_modules/next/dist/bin/next", "typegen")();
  });
  const waiting = [...CHECKS];
  const counts = [generated];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) counts.push(await check());
  };
  await Promise.all([lane(), lane()]);
  return addUp(counts);
}

export const addUp = (counts) => ({
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
});
