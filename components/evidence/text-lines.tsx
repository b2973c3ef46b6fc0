import { ScrollRegion } from "@/components/ui/scroll-region";
import type { EvidencePreview } from "@/lib/evidence/schema";

type Props = { preview: EvidencePreview; label: string };

/** Lines of a text, each with a number that is its address. */
export function TextLines({ preview, label }: Props) {
  const { first, lines, part, parts } = preview;
  const here = parts > 1 ? `?part=${part}` : "";
  return (
    <ScrollRegion label={label} className="text-lines">
      <ol start={first}>
        {lines.map((line, at) => {
          const number = first + at;
          return (
            <li key={number} id={`L${number}`}>
              <a href={`${here}#L${number}`} aria-label={`Line ${number}`}>
                {number}
              </a>
              <code>{line}</code>
            </li>
          );
        })}
      </ol>
    </ScrollRegion>
  );
}

/** The way to the other parts of a long text. */
export function Parts({ preview: { part, parts } }: Pick<Props, "preview">) {
  if (parts === 1) return null;
  return (
    <nav className="text-parts" aria-label="Parts of the text">
      {part > 1 && (
        <a className="text-link" href={`?part=${part - 1}`} rel="prev">
          Previous
        </a>
      )}
      <span>
        Part {part} of {parts}
      </span>
      {part < parts && (
        <a className="text-link" href={`?part=${part + 1}`} rel="next">
          Next
        </a>
      )}
    </nav>
  );
}
