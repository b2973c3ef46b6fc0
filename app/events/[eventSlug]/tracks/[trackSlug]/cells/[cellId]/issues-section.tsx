import { CellIssues } from "@/components/issues/cell-issues";
import { api } from "@/lib/trpc/server";

type Props = { eventSlug: string; trackSlug: string; cellId: string };

/** The issues of the cell, as far as the reader may see them. */
export async function IssuesSection({ eventSlug, trackSlug, cellId }: Props) {
  const issues = await api.issues.ofCell({ eventSlug, trackSlug, cellId });
  return <CellIssues eventSlug={eventSlug} cellId={cellId} issues={issues} />;
}
