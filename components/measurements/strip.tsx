import type { Scale } from "@/lib/measurements/rules";
import type { Reading, Statistic } from "@/lib/measurements/schema";
import { numberWords, statisticLabel, statisticWords } from "./words";

type Props = { reading: Reading; scale: Scale; unit: string };

/**
 * A reading on the scale of its figure: a dot where it stands, a bar by how much it deviates, and a tick
 * for each other statistic. The numbers stand beside it, and its name says them too.
 */
export function Strip({ reading, scale, unit }: Props) {
  const place = (value: number) =>
    Math.round(((value - scale.from) / (scale.to - scale.from)) * 1000) / 10;
  const [first, ...others] = reading.statistics;
  if (!first) return null;
  const reach = reading.statistics.map(({ value }) => place(value));
  return (
    <svg
      className="strip"
      viewBox="0 0 100 20"
      preserveAspectRatio="none"
      role="img"
      aria-label={stripWords(reading, scale, unit)}
    >
      <path className="strip-axis" d="M0 10H100" />
      {others.length > 0 && (
        <path className="strip-reach" d={`M${Math.min(...reach)} 10H${Math.max(...reach)}`} />
      )}
      <Deviation statistic={first} scale={scale} place={place} />
      {others.map(({ name, value }) => (
        <path key={name} className="strip-tick" d={`M${place(value)} 5V15`} />
      ))}
      {/* A line without length has round ends only: a dot, however wide the picture is drawn. */}
      <path className="strip-dot" d={`M${place(first.value)} 10h0.001`} />
    </svg>
  );
}

type DeviationProps = { statistic: Statistic; scale: Scale; place: (value: number) => number };

function Deviation({ statistic: { value, deviation }, scale, place }: DeviationProps) {
  if (!deviation) return null;
  const low = Math.max(scale.from, value - deviation);
  return <path className="strip-deviation" d={`M${place(low)} 10H${place(value + deviation)}`} />;
}

function stripWords({ statistics }: Reading, { from, to }: Scale, unit: string): string {
  const told = statistics.map((one) => `${statisticLabel(one.name)} ${statisticWords(one)}`);
  return `${told.join(", ")} ${unit}, on a scale from ${numberWords(from)} to ${numberWords(to)}`;
}
