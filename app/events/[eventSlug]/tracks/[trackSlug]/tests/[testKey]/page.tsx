import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { TestCase } from "@/components/tracks/test-case";
import { factsOf } from "@/components/tracks/test-facts";
import { Facts } from "@/components/ui/facts";
import { askEvent, askTest, titleOf } from "../../../../questions";

type Props = { params: Promise<{ eventSlug: string; trackSlug: string; testKey: string }> };

export async function generateMetadata({ params }: Props) {
  const { eventSlug, trackSlug, testKey } = await params;
  const [event, asked] = await Promise.all([
    askEvent(eventSlug),
    askTest(eventSlug, trackSlug, testKey),
  ]);
  if (event.refused !== null || asked.refused !== null) return titleOf("Sign in");
  const { test, track } = asked.value;
  return titleOf(test.key, track.title, event.value.label);
}

export default async function TestPage({ params }: Props) {
  const { eventSlug, trackSlug, testKey } = await params;
  const [event, answer] = await Promise.all([
    askEvent(eventSlug),
    askTest(eventSlug, trackSlug, testKey),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const { test, track } = answer.value;
  const trackPath = `/events/${eventSlug}/tracks/${trackSlug}`;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(
          eventSlug,
          event.value.label,
          { href: trackPath, label: track.title },
          { href: `${trackPath}/tests`, label: "Test plan" },
        )}
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
