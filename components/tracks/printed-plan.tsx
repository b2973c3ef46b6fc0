import { Facts } from "@/components/ui/facts";
import type { TestPage, TrackPage } from "@/lib/tracks/schema";
import { TestCase } from "./test-case";
import { factsOf } from "./test-facts";
import { TrackNotes } from "./track-notes";

/** A track's test plan with every case in full. */
export function PrintedPlan({ track }: { track: TrackPage }) {
  const { tests, profile, leads, restricted } = track;
  return (
    <>
      <div className="test-facts">
        <Facts
          facts={[
            { label: "Cases", value: tests.length },
            { label: "Judged by", value: `profile ${profile}` },
            ...(leads.length > 0 ? [{ label: "Led by", value: leads.join(", ") }] : []),
            ...(restricted ? [{ label: "Results", value: "restricted to the parties" }] : []),
          ]}
        />
      </div>
      <TrackNotes track={track} />
      {tests.map((test) => (
        <PrintedCase key={test.key} test={test} profile={profile} />
      ))}
    </>
  );
}

function PrintedCase({ test, profile }: { test: TestPage; profile: string }) {
  const id = `case-${test.key}`;
  return (
    <article className="printed-case" aria-labelledby={id}>
      <h2 id={id}>
        <code>{test.key}</code> {test.title}
      </h2>
      <p className="lead">{test.purpose}</p>
      <div className="test-facts">
        <Facts facts={factsOf(test)} />
      </div>
      <TestCase test={test} profile={profile} heading="h3" />
    </article>
  );
}
