import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { LogChoices, PlayedTest, Player } from "@/lib/pairings/schema";
import { type Choice, type LogQuery, roleField, variantParam } from "./choice";

type Props = { action: string; choices: LogChoices; choice: Choice; query: LogQuery };

/** Picks the test, then who plays each of its roles: by address, so that it works without scripts. */
export function ChoiceForm({ action, choices, choice, query }: Props) {
  const { track } = choices;
  const { test, partner } = choice;
  return (
    <form method="get" action={action} className="filters choice-form">
      <input type="hidden" name="track" value={track.slug} />
      {partner && <input type="hidden" name="with" value={partner.slug} />}
      <Select name="test" label="Test" value={test?.key} all="Choose a test">
        {track.tests.map(({ key, title }) => (
          <option key={key} value={key}>
            {key} {title}
          </option>
        ))}
      </Select>
      {test && <Roles choices={choices} test={test} query={query} />}
      {test && <Variants test={test} query={query} />}
      <Button type="submit">{test ? "Take these" : "Next"}</Button>
    </form>
  );
}

function Roles({
  choices: { track },
  test,
  query,
}: Pick<Props, "choices" | "query"> & { test: PlayedTest }) {
  const labels = new Map(track.roles.map(({ key, label }) => [key, label]));
  return test.roles.map(({ key, min }) => (
    <Select
      key={key}
      name={roleField(key)}
      label={labels.get(key) ?? key}
      value={query[roleField(key)]}
      all={min > 0 ? "Choose an entry" : "Nobody"}
    >
      {playersOf(track.players, key).map(({ slug, name, plays, isOwn }) => (
        <option key={slug} value={slug}>
          {name}
          {isOwn && " (yours)"}
          {!plays.includes(key) && ", not among its roles"}
        </option>
      ))}
    </Select>
  ));
}

/** Who plays the role first: what was seen counts, whatever an entry has said of its roles. */
const playersOf = (players: readonly Player[], role: string) =>
  players.toSorted((a, b) => Number(b.plays.includes(role)) - Number(a.plays.includes(role)));

function Variants({ test, query }: { test: PlayedTest; query: LogQuery }) {
  return Object.entries(test.variants)
    .filter(([, values]) => values.length > 1)
    .map(([name, values]) => (
      <Select
        key={name}
        name={variantParam(name)}
        label={name}
        value={query[variantParam(name)]}
        all="Choose one"
      >
        {values.map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </Select>
    ));
}
