import type { Metric } from "@/lib/results/schema";

const number = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 6 });

/** Measurements with how and where they were taken. They are never a pass or a fail. */
export function MetricTable({ metrics }: { metrics: readonly Metric[] }) {
  return (
    <table className="list" data-dense="true" data-fine="true">
      <caption>Measurements; none of them says pass or fail</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="number">
            Value
          </th>
          <th scope="col">Taken at</th>
          <th scope="col">Conditions</th>
        </tr>
      </thead>
      <tbody>
        {metrics.map((metric) => (
          <tr key={`${metric.name} ${metric.vantage} ${JSON.stringify(metric.conditions)}`}>
            <th scope="row">
              <code>{metric.name}</code>
            </th>
            <td data-label="Value" className="number">
              {valueWords(metric)}
            </td>
            <td data-label="Taken at">{metric.vantage ?? "not told"}</td>
            <td data-label="Conditions">{conditionWords(metric)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function valueWords({ value, unit, deviation }: Metric): string {
  const spread = deviation === undefined ? "" : ` ± ${number.format(deviation)}`;
  return `${number.format(value)}${spread} ${unit}`.trim();
}

function conditionWords({ repeats, conditions }: Metric): string {
  const told = Object.entries(conditions ?? {}).map(([name, value]) => `${name} ${value}`);
  const all = repeats === undefined ? told : [`${repeats} repeats`, ...told];
  return all.join(", ") || "not told";
}
