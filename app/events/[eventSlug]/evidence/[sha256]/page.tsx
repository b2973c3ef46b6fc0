import { cache } from "react";
import { ask } from "@/app/ask";
import type { Query } from "@/app/reader";
import { sizeWords } from "@/components/evidence/size";
import { Parts, TextLines } from "@/components/evidence/text-lines";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { type Fact, Facts } from "@/components/ui/facts";
import type { EvidencePage as Evidence } from "@/lib/evidence/schema";
import { api } from "@/lib/trpc/server";
import { askEvent, titleOf } from "../../questions";

type Props = {
  params: Promise<{ eventSlug: string; sha256: string }>;
  searchParams: Promise<{ part?: Query }>;
};

const askEvidence = cache((eventSlug: string, sha256: string, part: number) =>
  ask(api.evidence.bySum({ eventSlug, sha256, part })),
);

const partIn = (part: Query): number =>
  typeof part === "string" && /^[1-9]\d{0,4}$/.test(part) ? Number(part) : 1;

async function answersFor({ params, searchParams }: Props) {
  const { eventSlug, sha256 } = await params;
  const { part } = await searchParams;
  return Promise.all([askEvent(eventSlug), askEvidence(eventSlug, sha256, partIn(part))]);
}

export async function generateMetadata(props: Props) {
  const [event, evidence] = await answersFor(props);
  if (event.refused !== null || evidence.refused !== null) return titleOf("Sign in");
  return titleOf(evidence.value.name, event.value.label);
}

export default async function EvidencePage(props: Props) {
  const { eventSlug } = await props.params;
  const [eventAnswer, answer] = await answersFor(props);
  if (eventAnswer.refused !== null) return <Refused code={eventAnswer.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const evidence = answer.value;
  const { name, preview } = evidence;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(eventSlug, eventAnswer.value.label)}
        title={<span className="wrap-anywhere">{name}</span>}
      >
        <Facts facts={factsOf(evidence, eventSlug)} />
      </PageHead>
      <p className="evidence-note">{noteOn(evidence)}</p>
      {preview && (
        <>
          <Parts preview={preview} />
          <TextLines preview={preview} label={`Text of ${name}`} />
          <Parts preview={preview} />
        </>
      )}
    </div>
  );
}

function factsOf({ kind, size, sha256, mayDownload, cells }: Evidence, eventSlug: string): Fact[] {
  const facts: Fact[] = [
    { label: "Kind", value: kind },
    { label: "Size", value: sizeWords(size) },
    { label: "SHA-256", value: <code className="break-all">{sha256}</code> },
  ];
  if (cells.length > 0) facts.push({ label: "Evidence for", value: cellLinks(cells, eventSlug) });
  if (mayDownload) facts.push({ label: "File", value: <Download sha256={sha256} /> });
  return facts;
}

const cellLinks = (cells: Evidence["cells"], eventSlug: string) => (
  <ul>
    {cells.map(({ id, track, test, names }) => (
      <li key={id}>
        <a className="text-link" href={`/events/${eventSlug}/tracks/${track}/cells/${id}`}>
          <code>{test}</code> {names.join(" × ")}
        </a>
      </li>
    ))}
  </ul>
);

const Download = ({ sha256 }: { sha256: string }) => (
  <a className="text-link" href={`/api/v1/evidence/${sha256}`} download={true}>
    Download as it was sent
  </a>
);

function noteOn({ preview, mayDownload }: Evidence): string {
  if (!preview) return "This is no text: download it to look into it.";
  const masked = "Credentials, passwords and keys are shown as •••.";
  const original = mayDownload
    ? "The download has them."
    : "The original is for its reporter’s members, the track’s leads and the organizers.";
  const cut = preview.isCut ? " Only the first 2 MiB are shown." : "";
  return `${masked} ${original}${cut}`;
}
