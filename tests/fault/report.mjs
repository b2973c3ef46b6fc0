// npm run fault:report: writes docs/quality-report.md from what the runs of the faults have left.
import fs from "node:fs";
import path from "node:path";
import { ROOT } from "../../lib/start/root.mjs";
import { readReport } from "./ledger.mjs";
import { FAULTS } from "./table.mjs";

const FILE = path.join(ROOT, "docs/quality-report.md");

const runs = Object.entries(FAULTS).map(([name, fault]) => ({
  name,
  fault,
  run: readReport(name),
}));

function machineOf() {
  const machines = new Set(runs.flatMap(({ run }) => (run ? [describeMachine(run.machine)] : [])));
  return [...machines].join("; ");
}

const describeMachine = ({ cores, model, memoryGb, node, system }) =>
  `${cores} cores (${model}), ${memoryGb} GB, ${system}, Node ${node.slice(1)}`;

const minute = (at) => `${at.slice(0, 16).replace("T", " ")} UTC`;

function lineOf({ name, fault, run }) {
  const verdict = run ? run.verdict : "did not run";
  const when = run
    ? `${minute(run.at)}, ${Math.round(run.seconds)} s${run.isShort ? ", short" : ""}`
    : "";
  return `| ${fault.id} | ${fault.title} | \`npm run fault:${name}\` | ${when} | ${verdict} |`;
}

const clean = (text) => String(text).replaceAll("\n", " ").replaceAll("<", "&lt;");

function sectionOf({ name, fault, run }) {
  const lines = [`## ${fault.id}: ${fault.title}`, "", `Must hold: ${fault.must}.`, ""];
  if (!run)
    return [...lines, `Did not run: nobody has started \`npm run fault:${name}\` here yet.`, ""];
  if (run.notRun) return [...lines, `Did not run: ${run.notRun}.`, ""];
  lines.push(
    `${minute(run.at)}, ${run.seconds} s, seed ${run.seed}${run.isShort ? ", short form" : ""}.`,
    "",
  );
  for (const [what, figure] of Object.entries(run.figures))
    lines.push(`- ${what}: ${clean(figure)}`);
  for (const [what, count] of Object.entries(run.found))
    lines.push(`- **falls short**: ${what}: ${count}`);
  const checked = Object.keys(run.faults).length;
  if (run.verdict === "as it should be")
    lines.push(`- as it should be: all ${checked} figures that must be 0 are 0`);
  return [...lines, ""];
}

const text = [
  "# What was broken on purpose, and what came of it",
  "",
  "Written by `npm run fault:report` from the runs themselves (build/fault); do not edit. Each run is on loopback, bounded,",
  "and ends by itself; site, Postgres, agents and whoever attacks them share the same cores. Times are of that machine.",
  "",
  `Machine: ${machineOf()}.`,
  "",
  "| number | what breaks | command | run | verdict |",
  "|---|---|---|---|---|",
  ...runs.map(lineOf),
  "",
  "`npm test` runs a short form of F1 to F3 (together), F7 to F10, F19 and F20. F5 (fail-over), F6 (rolling restart of two",
  "instances), F12 (soak), F15 to F18 and F21 of the same list have no script of their own here.",
  "",
  ...runs.flatMap(sectionOf),
];
fs.writeFileSync(FILE, `${text.join("\n").trimEnd()}\n`);
process.stdout.write(`${path.relative(ROOT, FILE)}\n`);
