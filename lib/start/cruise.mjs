// The boundaries: dependency-cruiser's rules, and two things it cannot see by itself. It says "no
// violations" when it could read nothing (with a TypeScript it does not know), and it judges
// imports, not the names of files.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { cruise } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { ROOT } from "./root.mjs";

const FOLDERS = ["app", "components", "lib"];
const SOURCE = /\.tsx?$/;

const RULES = path.join(ROOT, ".dependency-cruiser.cjs");
const { forbidden } = createRequire(import.meta.url)(RULES);

// What a noun's folder is, is said in one of the rules; it holds these files and no others.
const NOUN = new RegExp(forbidden.find(({ name }) => name.startsWith("modules-")).from.path);
const IN_NOUN = /^lib\/[^/]+\/((schema|rules|read|write|router)\.ts|(read|write)\/[^/]+\.ts)$/;

/** Everything that is wrong with the imports and file names of the tree we stand in. */
async function cruiseTree() {
  const files = FOLDERS.flatMap(listSources);
  const options = await extractOptions(RULES);
  const { output } = await cruise(
    FOLDERS.filter((name) => fs.existsSync(name)),
    options,
    undefined,
    { tsConfig: extractTSConfig("tsconfig.json") },
  );
  const seen = new Set(output.modules.map(({ source }) => source));
  const unseen = files.filter((file) => !seen.has(file));
  const problems = [
    ...output.summary.violations.map(describeViolation),
    ...unseen.map((file) => ({
      rule: "every-file-is-cruised",
      file,
      what: "was not read by dependency-cruiser: does it know this version of TypeScript?",
    })),
    ...files.filter(isStranger).map((file) => ({
      rule: "noun-folders-are-closed",
      file,
      what: "is none of schema, rules, read, write, router, read/<question>, write/<verb>",
    })),
  ];
  return { cruised: files.length - unseen.length, problems };
}

const isStranger = (file) => NOUN.test(file) && !IN_NOUN.test(file);

function describeViolation({ rule, from, to, cycle }) {
  const what = cycle
    ? `leads back to itself by ${cycle.map(({ name }) => name).join(", ")}`
    : `imports ${to}`;
  return { rule: rule.name, file: from, what };
}

function listSources(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true })
    .map((file) => path.posix.join(folder, file))
    .filter((file) => SOURCE.test(file) && !file.startsWith("lib/db/generated/"));
}

const { cruised, problems } = await cruiseTree();
for (const { rule, file, what } of problems) console.log(`${rule}: ${file} ${what}`);
console.log(`${cruised} files read, ${problems.length} problems`);
process.exitCode = problems.length > 0 || cruised === 0 ? 1 : 0;
