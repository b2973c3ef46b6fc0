import { variantWords } from "@/components/matrices/wording";
import { Button } from "@/components/ui/button";
import { guessVariant } from "@/lib/mappings/rules";
import type { MappedName, UnmappedName } from "@/lib/mappings/schema";
import { ago } from "./ago";
import { DeskPanel, FirstLines } from "./desk-panel";

export type MappableTest = { key: string; title: string; variants: Record<string, string[]> };

type Props = {
  path: string;
  asOf: string;
  names: { unmapped: UnmappedName[]; mapped: MappedName[] };
  tests: readonly MappableTest[];
  mayMap: boolean;
};

/** Test names that no test has: each is mapped by one click, its likeliest test chosen already. */
export function NamesPanel({ path, asOf, names, tests, mayMap }: Props) {
  const { unmapped, mapped } = names;
  const lines = unmapped.map((name) => (
    <li key={name.raw} className="desk-line" data-tall="true">
      <span className="desk-what">
        <code className="desk-raw">{name.raw}</code>
        <span className="text-soft">
          {name.results === 1 ? "1 result" : `${name.results} results`} by{" "}
          {name.reporters.join(", ")}, {ago(name.latestAt, asOf)}; such as {name.example}
          {name.variants.length > 0 && `; told: ${name.variants.slice(0, 3).join(" | ")}`}
        </span>
        {name.namedLike !== null && (
          <span>
            This is {name.namedLike} itself, with a variant or parties that it does not declare:{" "}
            <a className="text-link" href={`${path}/plan/${encodeURIComponent(name.namedLike)}`}>
              change the test
            </a>
            , or the agent.
          </span>
        )}
        {mayMap && name.namedLike === null && <MapForm {...{ path, name, tests }} />}
      </span>
    </li>
  ));
  return (
    <DeskPanel
      id="names"
      title="Unmapped names"
      count={unmapped.length}
      none="Every result has found its test."
      beside={mapped.length > 0 && <Mapped {...{ path, mapped, mayMap }} />}
    >
      <FirstLines lines={lines} total={unmapped.length} />
    </DeskPanel>
  );
}

type FormProps = { path: string; name: UnmappedName; tests: readonly MappableTest[] };

function MapForm({ path, name, tests }: FormProps) {
  const choices = tests.flatMap(choicesOf);
  const likely = tests.find(({ key }) => key === name.guess);
  const guessed = likely && {
    test: likely.key,
    variant: name.variants.length > 0 ? {} : guessVariant(name.raw, likely.variants),
  };
  return (
    <form method="post" action={`${path}/lead/map`} className="desk-form">
      <input type="hidden" name="raw" value={name.raw} />
      <select
        name="to"
        defaultValue={guessed ? JSON.stringify(guessed) : ""}
        aria-label={`The test that ${name.raw} stands for`}
      >
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Button type="submit" aria-label={`Map ${name.raw}`}>
        Map
      </Button>
    </form>
  );
}

/** More variants than these are left to the results to tell. */
const MOST_VARIANTS = 16;

/** The test as such, and each of its variants by itself. */
function choicesOf({ key, title, variants }: MappableTest) {
  const told = { value: JSON.stringify({ test: key, variant: {} }), label: `${key} ${title}` };
  const all = Object.entries(variants)
    .sort(([a], [b]) => Number(a > b) - Number(a < b))
    .reduce<Record<string, string>[]>(
      (some, [name, values]) =>
        some.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
      [{}],
    );
  if (all.length < 2 || all.length > MOST_VARIANTS) return [told];
  const single = all.map((variant) => ({
    value: JSON.stringify({ test: key, variant }),
    label: `${key} (${variantWords(variant)})`,
  }));
  return [told, ...single];
}

type MappedProps = { path: string; mapped: readonly MappedName[]; mayMap: boolean };

function Mapped({ path, mapped, mayMap }: MappedProps) {
  return (
    <details className="desk-more">
      <summary>{mapped.length} mapped</summary>
      <ul className="desk-lines">
        {mapped.map(({ raw, test, variant, results }) => (
          <li key={raw} className="desk-line">
            <span className="desk-what">
              <code className="desk-raw">{raw}</code>
              <span className="text-soft">
                {test} {variantWords(variant)}, {results} results
              </span>
            </span>
            {mayMap && (
              <form method="post" action={`${path}/lead/unmap`} className="desk-do">
                <input type="hidden" name="raw" value={raw} />
                <Button type="submit" aria-label={`Unmap ${raw}`}>
                  Unmap
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
