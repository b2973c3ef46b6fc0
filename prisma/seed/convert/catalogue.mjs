// Makes prisma/seed/catalogue/<track>.json from the source catalogue and the editorial decisions in
// overrides/: levels, step phases, purposes, variants, aliases, vantage points, answers per profile.
//
//   node prisma/seed/convert/catalogue.mjs CATALOGUE.json [track ...]
//   npx biome format --write prisma/seed/catalogue
import { readFileSync, writeFileSync } from "node:fs";
import { editedTests, MARK, measurement, reference, slugOf, tidy } from "./catalogue-text.mjs";

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const here = (path) => new URL(path, import.meta.url);
const measures = read(here("overrides/measurements.json"));

const split = (step) => ({
  phase: step.slice(0, step.indexOf(":")),
  text: step.slice(step.indexOf(":") + 2),
});

/** The steps: replaced as a whole ("phase: text"), or the source's with one phase word for each. */
function stepsOf(test, edit) {
  if (edit.steps) return edit.steps.map(split);
  const phases = edit.phases.split(" ");
  if (phases.length !== test.steps.length) {
    throw new Error(`${test.key}: ${test.steps.length} steps, but ${phases.length} phases`);
  }
  return test.steps.map((text, at) => ({ phase: phases[at], text: tidy.sentence(text) }));
}

/** Codes that the source accepts without naming a profile are the RFC's. */
function acceptedOf(test, edit) {
  if (edit.accepted) return edit.accepted;
  if (!test.accepted) return {};
  const note = test.acceptedNotes?.join("; ");
  return { rfc: { codes: test.accepted, ...(note ? { note } : {}) } };
}

/** What the source says, unless an editor said it better. */
const wording = (test, edit) => ({
  title: edit.title ?? tidy.text(test.title),
  expected: edit.expected ?? tidy.sentence(test.expected),
  passCriteria: edit.passCriteria ?? tidy.criterion(test.passCriteria),
  failCriteria: edit.failCriteria ?? tidy.criterion(test.failCriteria),
});

function testOf(test, edit) {
  const { title, ...criteria } = wording(test, edit);
  return {
    key: test.key,
    title,
    kind: test.kind,
    directional: true,
    level: edit.level,
    measured: edit.measured ?? false,
    aliases: [...new Set([edit.slug ?? slugOf(title), ...(edit.aliases ?? [])])],
    ...(edit.aliasVariants ? { aliasVariants: edit.aliasVariants } : {}),
    roles: test.roles,
    variants: edit.variants ?? {},
    purpose: edit.purpose,
    preconditions: (edit.preconditions ?? test.preconditions).map(tidy.sentence),
    steps: [...stepsOf(test, edit), ...(edit.then ?? []).map(split)],
    ...criteria,
    accepted: acceptedOf(test, edit),
    measurements: test.measurements.map((one) => measurement(one, measures, edit)),
    references: (test.refs ?? []).map(reference),
    evidence: test.evidence.map(tidy.sentence),
    sources: test.source.map(tidy.source),
    ...(test.automation ? { automation: tidy.sentence(test.automation) } : {}),
  };
}

function trackOf(track, labels) {
  const edit = read(here(`overrides/${track.slug}.json`));
  editedTests(track, edit);
  const rules = edit.rulesOfEngagement ?? track.rulesOfEngagement?.map(tidy.sentence);
  const conditions = edit.commonConditions ?? track.commonConditions?.map(tidy.sentence);
  return {
    slug: track.slug,
    title: track.title,
    intro: edit.intro,
    restricted: track.restricted ?? false,
    profile: edit.profile ?? "rfc",
    notes: {
      ...(rules ? { rulesOfEngagement: rules } : {}),
      ...(conditions ? { commonConditions: conditions } : {}),
    },
    roles: track.roles.map((key) => ({ key, label: labels[key] })),
    tests: track.cases.map((test) => testOf(test, edit.tests[test.key])),
  };
}

const [source, ...only] = process.argv.slice(2);
if (!source) throw new Error("Give the path of the source catalogue.json.");
const catalogue = read(source);
for (const track of catalogue.tracks) {
  if (only.length > 0 && !only.includes(track.slug)) continue;
  const made = trackOf(track, catalogue.roles);
  const text = `${JSON.stringify(made, null, 2)}\n`;
  if (text.includes(MARK))
    throw new Error(`${track.slug}: a mark of doubt was left in running text`);
  writeFileSync(here(`../catalogue/${track.slug}.json`), text);
  console.log(`${track.slug}: ${made.tests.length} tests`);
}
