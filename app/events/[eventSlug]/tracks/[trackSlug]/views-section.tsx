import { answerIn, type Query, readerId } from "@/app/reader";
import { SavedViews } from "@/components/saved-views/saved-views";
import { formState } from "@/lib/core/form";
import type { TrackPage } from "@/lib/tracks/schema";
import { api } from "@/lib/trpc/server";
import { viewQuery } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";

type Props = { eventSlug: string; track: TrackPage; view: PageView; answer: Query };

/** The views of this track that are kept, and the way to keep this one. */
export async function ViewsSection({ eventSlug, track, view, answer }: Props) {
  const [views, told, reader] = await Promise.all([
    api.savedViews.list({ eventSlug, trackSlug: track.slug }),
    answerIn(answer),
    readerId(),
  ]);
  return (
    <SavedViews
      views={views}
      here={viewQuery(view)}
      eventPath={`/events/${eventSlug}`}
      track={track}
      isSignedIn={reader !== ""}
      state={formState("save-view", told)}
    />
  );
}
