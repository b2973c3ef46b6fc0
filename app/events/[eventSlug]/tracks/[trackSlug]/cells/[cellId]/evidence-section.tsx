import { EvidenceList } from "@/components/evidence/evidence-list";
import { api } from "@/lib/trpc/server";

type Props = { eventSlug: string; trackSlug: string; cellId: string };

/** The files of the cell's results, as far as the reader may see them; nothing where there are none. */
export async function EvidenceSection({ eventSlug, trackSlug, cellId }: Props) {
  const files = await api.evidence.byCell({ eventSlug, trackSlug, cellId });
  if (files.length === 0) return null;
  return (
    <section className="block" aria-labelledby="evidence">
      <h2 id="evidence">
        Evidence <span className="tab-count">{files.length}</span>
      </h2>
      <EvidenceList eventSlug={eventSlug} files={files} />
    </section>
  );
}
