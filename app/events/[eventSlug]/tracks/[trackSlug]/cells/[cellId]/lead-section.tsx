import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { CellDesk } from "@/components/rulings/cell-desk";
import type { CellPage } from "@/lib/cells/schema";
import { formState } from "@/lib/core/form";
import { api } from "@/lib/trpc/server";

type Props = {
  eventSlug: string;
  cell: CellPage;
  zone: string;
  query: { done?: Query; answer?: Query };
};

const DONE = new Map<unknown, string>([
  ["settle", "Settled. The results stay as they are."],
  ["take-back", "Taken back: the cell shows what its results say."],
  ["note", "The remark is saved."],
  ["expect", "Kept: the comparison with the baseline expects it."],
  ["nudge", "Nudged: its members get a mail."],
]);

/** Rulings and remarks on a cell, and the forms of those who lead its track. */
export async function LeadSection({ eventSlug, cell, zone, query }: Props) {
  const trackSlug = cell.track.slug;
  const [desk, told] = await Promise.all([
    api.rulings.ofCell({ eventSlug, trackSlug, cellId: cell.id }),
    answerIn(query.answer),
  ]);
  const isDone = DONE.get(query.done);
  return (
    <>
      {isDone && <Notice kind="done">{isDone}</Notice>}
      <CellDesk
        cell={cell}
        desk={desk}
        zone={zone}
        action={`/events/${eventSlug}/tracks/${trackSlug}/cells/${cell.id}/desk`}
        stateOf={(form) => formState(form, told)}
      />
    </>
  );
}
