import type { ReactNode } from "react";
import type { TestPage } from "@/lib/tracks/schema";
import { AcceptedAnswers } from "./accepted-answers";
import { Measurements } from "./measurements";

type Props = {
  test: TestPage;
  profile: string;
  /** Of the parts' headings; one further in where several cases share a page. */
  heading?: "h2" | "h3";
};

/** A test case as it is run and judged. */
export function TestCase({ test, profile, heading: Heading = "h2" }: Props) {
  return (
    <div className="test-case">
      {partsOf(test, profile).map(({ title, content }) => (
        <section key={title} className="test-part">
          <Heading>{title}</Heading>
          <div>{content}</div>
        </section>
      ))}
    </div>
  );
}

type Part = { title: string; content: ReactNode };

function partsOf(test: TestPage, profile: string): Part[] {
  const { accepted, measurements, references, automation, aliases } = test;
  const parts: (Part | false)[] = [
    { title: "Steps", content: <Steps steps={test.steps} /> },
    { title: "Judged by", content: <Criteria test={test} /> },
    Object.keys(accepted).length > 0 && {
      title: "Accepted answers, by reference profile",
      content: <AcceptedAnswers accepted={accepted} profile={profile} />,
    },
    measurements.length > 0 && {
      title: "Measurements",
      content: <Measurements measurements={measurements} />,
    },
    linesPart("Preconditions", test.preconditions),
    references.length > 0 && {
      title: "References",
      content: <References references={references} />,
    },
    linesPart("Evidence to keep", test.evidence),
    linesPart("Where the case comes from", test.sources),
    automation !== undefined && { title: "Automation", content: <p>{automation}</p> },
    aliases.length > 0 && {
      title: "Names that tools may use",
      content: <Aliases test={test} />,
    },
  ];
  return parts.filter((part) => part !== false);
}

const linesPart = (title: string, lines: readonly string[]): Part | false =>
  lines.length > 0 && {
    title,
    content: (
      <ul className="lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    ),
  };

const Steps = ({ steps }: Pick<TestPage, "steps">) => (
  <ol className="steps">
    {steps.map(({ phase, text }) => (
      <li key={text}>
        <span className="engraved">{phase}</span>
        <span>{text}</span>
      </li>
    ))}
  </ol>
);

const Criteria = ({ test }: { test: TestPage }) => (
  <dl className="criteria">
    <Criterion name="Expected" text={test.expected} />
    <Criterion name="Pass" text={test.passCriteria} />
    <Criterion name="Fail" text={test.failCriteria} />
  </dl>
);

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
