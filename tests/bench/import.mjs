// npm run bench:import: a JUnit report of 6,735 cases through the real agent into a real site, beside one who reads it whole;
// docs/benchmarks.md says what the figures mean. `-- --quick` for a look.
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { agentEnv, runCli } from "./cli.mjs";
import { junitReport } from "./junit-report.mjs";
import { bundleBench } from "./program.mjs";
import { middle, openStage, runBench, say, sayTable, siteOf } from "./stage.mjs";

const { values } = parseArgs({ options: { quick: { type: "boolean" } } });
// The largest report that research found in the open: 6,735 cases in 2.4 MB.
const CASES = 6735;
const ROUNDS = values.quick ? 3 : 9;
const PARTIES = ["--party", "uac=e-0@1.0", "--party", "uas=e-1@1.0"];

await runBench(async () => {
  const stage = await openStage({ agents: 2 });
  const naive = await bundleBench("import-naive");
  const site = await siteOf(stage);
  await site.start();
  const { fixture } = stage;
  const home = path.join(stage.folder, "agent");
  fs.mkdirSync(home);
  const env = agentEnv({ url: site.url, token: fixture.agents[0].token, home });
  const times = { read: [], spooled: [], pushed: [], naive: [] };
  const peaks = { read: [], pushed: [], naive: [] };
  let bytes = 0;
  for (let round = 0; round < ROUNDS + 1; round += 1) {
    // Another report each time: the same one again would only be recognised.
    const file = path.join(home, `report-${round}.xml`);
    bytes = writeReport(file, round);
    const flags = [file, "--format", "junit", "--track", "calls", ...PARTIES, "--json"];
    const read = await run(["push", "--dry-run", ...flags], { env });
    let spooledMs = 0;
    const began = performance.now();
    const onTold = ({ event }) => {
      if (event === "spooled") spooledMs = performance.now() - began;
    };
    const pushed = await run(["push", ...flags], { env, onTold });
    const { token, runId } = fixture.agents[1];
    const whole = await run([file, site.url, fixture.slug, token, runId], { env, file: naive });
    if (round === 0) continue; // everybody's first time
    times.read.push(read.ms);
    times.spooled.push(spooledMs);
    times.pushed.push(pushed.ms);
    times.naive.push(whole.ms);
    peaks.read.push(read.peakMiB);
    peaks.pushed.push(pushed.peakMiB);
    peaks.naive.push(whole.peakMiB);
  }
  const ms = (name) => Math.round(middle(times[name]));
  const mib = (name) => Math.round(middle(peaks[name]));
  say(`\n${CASES} cases, ${(bytes / 1e6).toFixed(1)} MB; medians of ${ROUNDS} processes each`);
  sayTable(
    ["", "ms", "peak MiB"],
    [
      ["agent, --dry-run", ms("read"), mib("read")],
      ["agent, until spooled", ms("spooled"), ""],
      ["agent, until answered", ms("pushed"), mib("pushed")],
      ["naive, until answered", ms("naive"), mib("naive")],
    ],
  );
  const ratio = (of) => Number(middle(of).toFixed(2));
  const row = {
    ...{
      cases: CASES,
      bytes,
      readMs: ms("read"),
      spooledMs: ms("spooled"),
      pushedMs: ms("pushed"),
    },
    ...{ naiveMs: ms("naive"), peakMiB: mib("pushed"), naivePeakMiB: mib("naive") },
    toNaive: ratio(times.pushed.map((one, at) => one / times.naive[at])),
    memoryToNaive: ratio(peaks.pushed.map((one, at) => one / peaks.naive[at])),
  };
  say(`agent / naive: time ${row.toNaive}, memory ${row.memoryToNaive}`);
  say(`\n${JSON.stringify({ bench: "import", ...row })}`);
});

async function run(args, options) {
  const ended = await runCli(args, options);
  if (ended.code !== 0) throw new Error(`${args.join(" ")}: exit ${ended.code}\n${ended.said}`);
  return ended;
}

function writeReport(file, round) {
  const report = junitReport({ cases: CASES, round });
  fs.writeFileSync(file, report);
  return Buffer.byteLength(report);
}
