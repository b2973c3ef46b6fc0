import type { ReactNode } from "react";
import type { TestPage } from "@/lib/tracks/schema";
import { AcceptedAnswers } from "./accepted-answers";
import { Measurements } from "./measurements";

type Props = { test: TestPage; profile: string };

/** A test case as it is run and judged. */
export function TestCase({ test, profile }: Props) {
  const { accepted, measurements, references } = test;
  return (
    <div className="test-case">
      <Part title="Steps">
        <ol className="steps">
          {test.steps.map(({ phase, text }) => (
            <li key={text}>
              <span className="engraved">{phase}</span>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      </Part>
      <Part title="Judged by">
        <dl className="criteria">
          <Criterion name="Expected" text={test.expected} />
          <Criterion name="Pass" text={test.passCriteria} />
          <Criterion name="Fail" text={test.failCriteria} />
        </dl>
      </Part>
      {Object.keys(accepted).length > 0 && (
        <Part title="Accepted answers, by reference profile">
          <AcceptedAnswers accepted={accepted} profile={profile} />
        </Part>
      )}
      {measurements.length > 0 && (
        <Part title="Measurements">
          <Measurements measurements={measurements} />
        </Part>
      )}
      <Lines title="Preconditions" lines={test.preconditions} />
      {references.length > 0 && (
        <Part title="References">
          <References references={references} />
        </Part>
      )}
      <Lines title="Evidence to keep" lines={test.evidence} />
      <Lines title="Where the case comes from" lines={test.sources} />
      {test.automation && (
        <Part title="Automation">
          <p>{test.automation}</p>
        </Part>
      )}
      {test.aliases.length > 0 && (
        <Part title="Names that tools may use">
          <Aliases test={test} />
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="test-part">
      <h2>{title}</h2>
      <div>{children}</div>
    </section>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Part>
  );
}

function Criterion({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

/** A citation that nobody has checked against the text is marked as such. */
function References({ references }: Pick<TestPage, "references">) {
  return (
    <ul className="lines">
      {references.map(({ cite, verified }) => (
        <li key={cite}>
          {cite}
          {!verified && <span className="unverified">not verified against the text</span>}
        </li>
      ))}
    </ul>
  );
}

function Aliases({ test: { aliases, aliasVariants } }: { test: TestPage }) {
  return (
    <ul className="lines">
      {aliases.map((alias) => (
        <li key={alias}>
          <code>{alias}</code>
          {aliasVariants[alias] && (
            <span className="text-soft">
              {" "}
              for{" "}
              {Object.entries(aliasVariants[alias])
                .map((pair) => pair.join(" "))
                .join(", ")}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
