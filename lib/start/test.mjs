// npm test: everything. The checks, the tests on a real Postgres, real kills while results are pushed,
// and the journeys in a real browser, the last two on the built site. `npm test -- e2e` runs that part
// alone; the others are `check`, `integration` and `fault`.
import fs from "node:fs";
import path from "node:path";
import { CannotStart } from "./cannot-start.mjs";
import {
  addUp,
  countsOf,
  REPORTS,
  readReport,
  reportOf,
  runCheck,
  runChecks,
  runTests,
} from "./checks.mjs";
import { exitOnRefusal } from "./exit.mjs";
import { install } from "./install.mjs";
import { makeAdmin, makeAgent, makeClient, makeSite } from "./make.mjs";
import { runQuietly } from "./processes.mjs";

const PARTS = {
  check: runChecks,
  integration: () => runTests("integration"),
  fault: onBuiltSite(runFaults),
  e2e: onBuiltSite(runJourneys),
};

/** A part that needs the build; when that fails, the failure is counted and the part is left out. */
function onBuiltSite(run) {
  return async () => {
    const built = await runCheck("Build", async () => {
      for (const make of [makeClient, makeAgent, makeAdmin, makeSite]) await make();
      return { code: 0, output: "" };
    });
    return built.failed > 0 ? built : run();
  };
}

function runFaults() {
  const args = ["tests/fault/run.mjs", "short"];
  return runCheck(
    "Tests: fault",
    () => runQuietly(process.execPath, args),
    (code) => countsOf(code, code === 0 ? 1 : 0),
  );
}

function runJourneys() {
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: reportOf("e2e") };
  return runCheck(
    "Tests: e2e",
    () => runQuietly(process.execPath, args, { env }),
    (code) => {
      const { expected, unexpected } = readReport("e2e")?.stats ?? {};
      return countsOf(code, expected, unexpected);
    },
  );
}

await exitOnRefusal(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in PARTS));
  if (unknown) {
    throw new CannotStart(`There is no part "${unknown}": use ${Object.keys(PARTS).join(", ")}.`);
  }
  const began = performance.now();
  await install();
  const counts = [];
  for (const name of wanted.length > 0 ? wanted : Object.keys(PARTS)) {
    counts.push(await PARTS[name]());
  }
  const { passed, failed } = addUp(counts);
  const summary = `${passed} passed, ${failed} failed`;
  fs.mkdirSync(REPORTS, { recursive: true });
  fs.writeFileSync(path.join(REPORTS, "summary.txt"), `${summary}\n`);
  console.log(`\n${((performance.now() - began) / 1000).toFixed(1)} s\n${summary}`);
  return failed === 0 ? 0 : 1;
});
