import type { SignOf } from "@/lib/signs/rules";
import { Sign } from "./sign";

const STEPS: readonly { sign: SignOf; name: string; says: string }[] = [
  { sign: { state: "untested", outcome: null }, name: "Empty", says: "nobody has tried" },
  { sign: { state: "reported", outcome: "pass" }, name: "Outlined", says: "one side says so" },
  { sign: { state: "confirmed", outcome: "pass" }, name: "Solid", says: "all sides say so" },
  { sign: { state: "disputed", outcome: null }, name: "Split", says: "they contradict each other" },
];

/** The one thing to know before reading a matrix. */
export function HowToRead() {
  return (
    <figure className="how-to-read">
      <figcaption className="engraved">How a cell fills</figcaption>
      <ol>
        {STEPS.map(({ sign, name, says }) => (
          <li key={name}>
            <Sign sign={sign} size={34} />
            <span>
              <b>{name}</b>
              <span>{says}</span>
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
