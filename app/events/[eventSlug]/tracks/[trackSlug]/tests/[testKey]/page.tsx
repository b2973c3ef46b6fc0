import { notFound } from "next/navigation";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { TestCase } from "@/components/tracks/test-case";
import { roleWords } from "@/components/tracks/test-table";
import { Facts } from "@/components/ui/facts";
import type { TestPage as Test } from "@/lib/tracks/schema";
import { askEvent, askTrack, titleOf } from "../../../../questions";

type Props = { params: Promise<{ eventSlug: string; trackSlug: string; testKey: string }> };

export async function generateMetadata({ params }: Props) {
  const { eventSlug, trackSlug, testKey } = await params;
  const [event, track] = await Promise.all([askEvent(eventSlug), askTrack(eventSlug, trackSlug)]);
  if (event.refused !== null || track.refused !== null) return titleOf("Sign in");
  return titleOf(decodeURIComponent(testKey), track.value.title, event.value.label);
}

export default async function TestPage({ params }: Props) {
  const { eventSlug, trackSlug, testKey } = await params;
  const [event, answer] = await Promise.all([askEvent(eventSlug), askTrack(eventSlug, trackSlug)]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const track = answer.value;
  const test = track.tests.find(({ key }) => key === decodeURIComponent(testKey));
  if (!test) notFound();
  const trackPath = `/events/${eventSlug}/tracks/${trackSlug}`;
  return (
    <div className="page">
      <PageHead
        trail={[
          { href: "/", label: "Events" },
          { href: `/events/${eventSlug}`, label: event.value.label },
          { href: trackPath, label: track.title },
          { href: `${trackPath}/tests`, label: "Test plan" },
        ]}
        title={test.title}
        beside={<code className="badge">{test.key}</code>}
      >
        <p className="lead">{test.purpose}</p>
      </PageHead>
      <div className="test-facts">
        <Facts
          facts={[
            ...factsOf(test),
            {
              label: "Results",
              value: (
                <a className="text-link" href={`${trackPath}?test=${encodeURIComponent(test.key)}`}>
                  its matrix
                </a>
              ),
            },
          ]}
        />
      </div>
      <TestCase test={test} profile={track.profile} />
    </div>
  );
}

const KIND_WORDS = {
  solo: "of one party",
  pair: "of a pair",
  group: "of a group",
} as const;

function factsOf(test: Test) {
  const { kind, directional, level, version, variants, measured } = test;
  const variantLines = Object.entries(variants).map(
    ([name, values]) => `${name}: ${values.join(" | ")}`,
  );
  return [
    { label: "Level", value: level },
    { label: "Kind", value: `${KIND_WORDS[kind]}${directionWords(kind, directional)}` },
    { label: "Roles", value: roleWords(test) },
    { label: "Version", value: version },
    {
      label: "Outcome says",
      value: measured ? "whether the measurement is valid" : "whether it works",
    },
    ...(variantLines.length > 0
      ? [{ label: "Variants", value: <code>{variantLines.join("; ")}</code> }]
      : []),
  ];
}

const directionWords = (kind: Test["kind"], directional: boolean) =>
  kind === "solo" || directional ? "" : ", the same both ways";
