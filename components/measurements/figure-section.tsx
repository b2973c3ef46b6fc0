import { scaleOf } from "@/lib/measurements/rules";
import type { Figure } from "@/lib/measurements/schema";
import { Attempts } from "./attempts";
import { ReadingTable } from "./reading-table";

/** One metric: what it is, every reading of it, and how it went over the attempts. */
export function FigureSection({ figure }: { figure: Figure }) {
  const { name, unit, plan, readings } = figure;
  const scale = scaleOf(readings);
  const id = `${name}-${unit}`.replace(/[^A-Za-z0-9]+/g, "-");
  return (
    <section className="figure" aria-labelledby={id}>
      <h2 id={id}>
        <code>{name}</code> {unit && <span className="figure-unit">in {unit}</span>}
      </h2>
      <p className="figure-how">{plan ? <Planned plan={plan} /> : "Not in the test plan."}</p>
      <ReadingTable figure={figure} scale={scale} />
      <Attempts figure={figure} scale={scale} />
    </section>
  );
}

function Planned({ plan: { how, vantage, reference } }: { plan: NonNullable<Figure["plan"]> }) {
  return (
    <>
      {how}; planned at: {vantage}.
      {reference && (
        <>
          {" "}
          {reference.cite}
          {!reference.verified && <span className="unverified">not verified against the text</span>}
        </>
      )}
    </>
  );
}
