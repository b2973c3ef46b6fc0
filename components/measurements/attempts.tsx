import { groupBy } from "@/lib/core/group";
import { type Scale, seriesOf } from "@/lib/measurements/rules";
import type { Figure, Reading } from "@/lib/measurements/schema";
import { conditionWords, numberWords, partyWords, statisticLabel } from "./words";

type Props = { figure: Figure; scale: Scale };

const [WIDTH, HEIGHT] = [100, 40];

/** The same measured more than once: one small picture each, all on one scale. */
export function Attempts({ figure: { name, unit, readings }, scale }: Props) {
  const series = [...groupBy(readings, seriesOf)].filter(([, several]) => several.length > 1);
  if (series.length === 0) return null;
  return (
    <div className="attempt-charts">
      {series.map(([key, several]) => (
        <AttemptChart key={key} name={name} unit={unit} readings={several} scale={scale} />
      ))}
    </div>
  );
}

type ChartProps = { name: string; unit: string; readings: readonly Reading[]; scale: Scale };

function AttemptChart({ name, unit, readings, scale }: ChartProps) {
  const [first] = readings;
  if (!first) return null;
  const values = readings.flatMap(({ statistics }) => statistics.slice(0, 1));
  const points = values.map(({ value }, at) => ({
    x: ((at + 0.5) / values.length) * WIDTH,
    y: HEIGHT - ((value - scale.from) / (scale.to - scale.from)) * HEIGHT,
  }));
  const words = values.map(({ value }) => numberWords(value)).join(", ");
  const { test, conditions } = first;
  return (
    <figure className="attempt-chart">
      <figcaption>
        {partyWords(first.parties)}
        <span className="subject-test">
          {test}, {conditionWords(conditions)}: {statisticLabel(values[0]?.name ?? "value")} over{" "}
          {values.length} attempts
        </span>
      </figcaption>
      <div className="attempt-plot">
        <span className="attempt-top">{numberWords(scale.to)}</span>
        <span className="attempt-bottom">{numberWords(scale.from)}</span>
        <svg
          className="attempt-lines"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${name}, ${values.length} attempts in order of time: ${words} ${unit}`}
        >
          <path className="strip-axis" d={`M0 0H${WIDTH}M0 ${HEIGHT}H${WIDTH}`} />
          <path className="attempt-line" d={`M${points.map(pointWords).join("L")}`} />
          {points.map((point) => (
            <path key={point.x} className="strip-dot" d={`M${pointWords(point)}h0.001`} />
          ))}
        </svg>
      </div>
    </figure>
  );
}

const pointWords = ({ x, y }: { x: number; y: number }) =>
  `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
