import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { ComparedRow, Comparison, Setting } from "@/lib/comparisons/rules";
import type { Reading } from "@/lib/measurements/schema";
import {
  conditionWords,
  numberWords,
  partyWords,
  repeatsWords,
  statisticLabel,
  statisticWords,
} from "./words";

type Props = { settings: readonly Setting[]; comparison: Comparison | null };

/** What was measured under two conditions, side by side. */
export function Compare({ settings, comparison }: Props) {
  return (
    <section className="figure" aria-labelledby="side-by-side">
      <h2 id="side-by-side">Two conditions side by side</h2>
      <form className="compare-form no-print" action="#side-by-side">
        <SettingChoice
          name="one"
          label="Under"
          settings={settings}
          value={comparison?.settings[0].key}
        />
        <SettingChoice
          name="other"
          label="and under"
          settings={settings}
          value={comparison?.settings[1].key}
        />
        <Button type="submit">Compare</Button>
      </form>
      {comparison ? (
        <Compared comparison={comparison} />
      ) : (
        <p className="text-small text-soft">
          Nothing here was measured of the same entry under two conditions yet.
        </p>
      )}
    </section>
  );
}

type ChoiceProps = {
  name: string;
  label: string;
  settings: readonly Setting[];
  value: string | undefined;
};

const SettingChoice = ({ name, label, settings, value }: ChoiceProps) => (
  <Select name={name} label={label} value={value} all="the likeliest">
    {settings.map(({ key, conditions }) => (
      <option key={key} value={key}>
        {conditionWords(conditions)}
      </option>
    ))}
  </Select>
);

function Compared({ comparison: { settings, differ, rows } }: { comparison: Comparison }) {
  return (
    <>
      <p className="text-small text-soft">
        They differ in{" "}
        {differ
          .map(({ name, values }) => `${name} (${values.map(told).join(" and ")})`)
          .join(", ") || "nothing"}
        . Other things may differ that nobody told.
      </p>
      {rows.length === 0 ? (
        <p className="text-small">Nothing was measured under both.</p>
      ) : (
        <table className="list readings" data-dense="true" data-fine="true">
          <caption className="sr-only">
            Measured under both conditions; none of it says pass or fail
          </caption>
          <thead>
            <tr>
              <th scope="col">Metric</th>
              <th scope="col">Of</th>
              <th scope="col">Taken at</th>
              {settings.map(({ key, conditions }) => (
                <th key={key} scope="col" className="compare-head">
                  {conditionWords(conditions)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={rowKey(row)} row={row} settings={settings} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const told = (value: string | null) => value ?? "not told";
const rowKey = ({ name, unit, vantage, measured }: ComparedRow) =>
  JSON.stringify([name, unit, vantage, measured]);

type RowProps = { row: ComparedRow; settings: Comparison["settings"] };

function Row({ row: { name, unit, vantage, measured, sides }, settings }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
      </th>
      <td data-label="Of">{partyWords(measured)}</td>
      <td data-label="Taken at">{vantage ?? "not told"}</td>
      {sides.map((readings, at) => (
        <td key={settings[at]?.key} data-label={conditionWords(settings[at]?.conditions ?? {})}>
          <ul className="compare-side">
            {readings.map((reading) => (
              <li key={`${reading.url} ${reading.attempt} ${reading.startedAt}`}>
                <Side reading={reading} unit={unit} />
              </li>
            ))}
          </ul>
        </td>
      ))}
    </tr>
  );
}

function Side({ reading, unit }: { reading: Reading; unit: string }) {
  const { statistics, test, attempt, url } = reading;
  return (
    <>
      {statistics.map((one, at) => (
        <span key={one.name}>
          {at > 0 && ", "}
          {one.name !== "value" && <span className="text-faint">{statisticLabel(one.name)} </span>}
          {statisticWords(one)}
        </span>
      ))}{" "}
      {unit}{" "}
      <a className="text-link" href={url}>
        {test}, attempt {numberWords(attempt)}
      </a>
      <span className="text-faint"> repeats {repeatsWords(reading)}</span>
    </>
  );
}
