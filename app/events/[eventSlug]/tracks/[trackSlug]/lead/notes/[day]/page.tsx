import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { DayNoteForm } from "@/components/day-notes/note-form";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { Badge } from "@/components/ui/badge";
import { Markdown } from "@/components/ui/markdown";
import { Moment } from "@/components/ui/moment";
import { formState } from "@/lib/core/form";
import { askEvent, askTrack, titleOf } from "../../../../../questions";
import { askNote } from "../../../lead-questions";

type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string; day: string }>;
  searchParams: Promise<{ done?: Query; answer?: Query }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const { eventSlug, trackSlug, day } = await params;
  const [event, track, note] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askNote(eventSlug, trackSlug, day),
  ]);
  if (event.refused !== null || track.refused !== null || note.refused !== null) {
    return titleOf("Sign in");
  }
  return titleOf(`Note of ${day}`, track.value.title, event.value.label);
}

const DONE = new Map<unknown, string>([
  ["save", "Saved."],
  ["post", "Posted: it stands on the event page."],
  ["take-back", "Taken off the event page; the words are kept."],
]);

export default async function NotePage({ params, searchParams }: Props) {
  const { eventSlug, trackSlug, day } = await params;
  const [event, track, answer] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askNote(eventSlug, trackSlug, day),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (track.refused !== null) return <Refused code={track.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const { note, draft } = answer.value;
  const query = await searchParams;
  const isDone = DONE.get(query.done);
  const trackPath = `/events/${eventSlug}/tracks/${trackSlug}`;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(
          eventSlug,
          event.value.label,
          { href: trackPath, label: track.value.title },
          { href: `${trackPath}/lead`, label: "Lead" },
        )}
        title={`Note of ${day}`}
        beside={<Badge>{stateOf(note)}</Badge>}
      >
        {note ? (
          <p className="text-small text-soft">
            Written by {note.by}, <Moment at={note.updatedAt} zone={event.value.zone} />
          </p>
        ) : (
          <p className="text-small text-soft">
            Drafted from what was confirmed, settled and fixed on this day in {answer.value.zone}.
          </p>
        )}
      </PageHead>
      {isDone && <Notice kind="done">{isDone}</Notice>}
      <DayNoteForm
        action={`${trackPath}/lead/notes/${day}`}
        state={formState("note", await answerIn(query.answer))}
        page={answer.value}
      />
      {note && (
        <>
          <section className="block" aria-labelledby="preview">
            <h2 id="preview">As it reads</h2>
            <Markdown text={note.body} />
          </section>
          <details className="form-more">
            <summary>What a draft would say now</summary>
            <pre className="log">{draft}</pre>
          </details>
        </>
      )}
    </div>
  );
}

function stateOf(note: { postedAt: string | null } | null): string {
  if (note === null) return "draft";
  return note.postedAt === null ? "kept" : "posted";
}
