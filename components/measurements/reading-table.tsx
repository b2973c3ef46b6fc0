import { type Scale, statisticsIn } from "@/lib/measurements/rules";
import type { Figure, Reading } from "@/lib/measurements/schema";
import { Strip } from "./strip";
import {
  conditionWords,
  numberWords,
  repeatsWords,
  statisticLabel,
  statisticWords,
  VALIDITY,
} from "./words";

type Props = { figure: Figure; scale: Scale };

/** Every reading of a figure in a row, with a picture of all of them on one scale. */
export function ReadingTable({ figure: { name, unit, readings }, scale }: Props) {
  const statistics = statisticsIn(readings);
  return (
    <table className="list readings" data-dense="true" data-fine="true">
      <caption className="sr-only">
        {name} in {unit || "no unit"}, by test and by name; none of it says pass or fail
      </caption>
      <thead>
        <tr>
          <th scope="col">Measured</th>
          {statistics.map((statistic) => (
            <th key={statistic} scope="col" className="number">
              {statisticLabel(statistic)}
            </th>
          ))}
          <th scope="col">
            <span className="strip-scale">
              <span>{numberWords(scale.from)}</span>
              <span>
                {numberWords(scale.to)} {unit}
              </span>
            </span>
          </th>
          <th scope="col">Repeats</th>
          <th scope="col">Conditions</th>
          <th scope="col">Taken at</th>
        </tr>
      </thead>
      <tbody>
        {readings.map((reading) => (
          <tr key={rowKey(reading)}>
            <th scope="row">
              <Subject reading={reading} />
            </th>
            {statistics.map((statistic) => (
              <td
                key={statistic}
                className="number"
                data-label={`${statisticLabel(statistic)}, ${unit}`}
              >
                {valueIn(reading, statistic)}
              </td>
            ))}
            <td className="strip-place">
              <Strip reading={reading} scale={scale} unit={unit} />
            </td>
            <td data-label="Repeats">{repeatsWords(reading)}</td>
            <td data-label="Conditions" className="conditions">
              <Conditions reading={reading} />
            </td>
            <td data-label="Taken at">{reading.vantage ?? "not told"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const rowKey = ({ url, reporter, startedAt, attempt, conditions, details, vantage }: Reading) =>
  JSON.stringify([url, reporter, startedAt, attempt, conditions, details, vantage]);

function valueIn({ statistics }: Reading, name: string): string {
  const statistic = statistics.find((one) => one.name === name);
  return statistic ? statisticWords(statistic) : "";
}

/** Who was measured, in which test and attempt, and by whose word. */
function Subject({ reading }: { reading: Reading }) {
  const { parties, test, variant, attempt, url, measured, outcome, reporter, late } = reading;
  const variantWords = Object.entries(variant).map((pair) => pair.join(" "));
  return (
    <span className="subject">
      <span>
        {parties.map(({ role, name, build }, at) => (
          <span key={`${role} ${name}`}>
            {at > 0 && ", "}
            <span className="subject-role">{role}</span> {name}
            {build !== null && <span className="entry-build"> {build}</span>}
          </span>
        ))}
      </span>
      <span className="subject-test">
        <a className="text-link" href={url}>
          {[test, ...variantWords].join(", ")}, attempt {attempt}
        </a>
        {measured && `; ${VALIDITY[outcome]}`}
        {reporter !== null && `; told by ${reporter}`}
        {late && "; late"}
      </span>
    </span>
  );
}

function Conditions({ reading: { conditions, details } }: { reading: Reading }) {
  return (
    <>
      {conditionWords(conditions)}
      {Object.keys(details).length > 0 && (
        <span className="text-faint"> ({conditionWords(details)})</span>
      )}
    </>
  );
}
