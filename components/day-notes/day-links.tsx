import Link from "next/link";
import type { NoteDay } from "@/lib/day-notes/schema";

type Props = { path: string; days: readonly NoteDay[] };

/** The way to each day's note; what became of it in a word. */
export function DayLinks({ path, days }: Props) {
  return (
    <nav aria-label="Day notes" className="desk-days">
      <span className="engraved">Day notes</span>
      {days.map((day, at) => (
        <span key={day.day}>
          <Link className="text-link" href={`${path}/${day.day}`} prefetch={false}>
            {at === 0 ? `${day.day}, the latest` : day.day}
          </Link>{" "}
          <span className="text-soft">{stateOf(day)}</span>
        </span>
      ))}
    </nav>
  );
}

function stateOf({ isWritten, isPosted }: NoteDay): string {
  if (isPosted) return "posted";
  return isWritten ? "kept" : "to write";
}
