import Link from "next/link";
import type { Desk } from "@/lib/summaries/schema";

type Props = { eventSlug: string; desk: Desk };

/** Coverage and pass rate, of the whole and of each track. */
export function DeskNumbers({ eventSlug, desk: { coverage, passRate, tracks } }: Props) {
  return (
    <>
      <p className="summary-rates">
        {coverage} {passRate}
      </p>
      <ul className="lines">
        {tracks.map(({ slug, title, numbers }) => (
          <li key={slug}>
            <Link
              className="text-link"
              href={`/events/${eventSlug}/tracks/${slug}`}
              prefetch={false}
            >
              {title}
            </Link>
            :{" "}
            {numbers
              ? `${numbers.coverage} ${numbers.passRate}`
              : "restricted, told without numbers."}
          </li>
        ))}
      </ul>
    </>
  );
}
