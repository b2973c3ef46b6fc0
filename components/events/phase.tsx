import { PHASES, type Phase } from "@/lib/events/schema";

const PHASE_WORDS = {
  draft: { name: "Draft", says: "Being prepared; seen by its organizers and leads only." },
  registration: { name: "Registration", says: "Projects enter and get ready." },
  testing: { name: "Testing", says: "Results come in." },
  review: { name: "Review", says: "Testing is over; results are confirmed and disputes settled." },
  published: { name: "Published", says: "Closed, with its summary." },
} as const satisfies Record<Phase, { name: string; says: string }>;

/** The phase that an event is in, with a lamp that is lit while results may come. */
export function PhaseName({ phase }: { phase: Phase }) {
  return (
    <span className="phase" data-lit={phase === "testing" || undefined}>
      {PHASE_WORDS[phase].name}
    </span>
  );
}

/** The way of an event from draft to publication, and where it stands. */
export function PhaseSteps({ phase }: { phase: Phase }) {
  const now = PHASES.indexOf(phase);
  return (
    <div>
      <ol className="phase-steps" aria-label="Phases of this event">
        {PHASES.map((step, at) => (
          <li
            key={step}
            aria-current={at === now ? "step" : undefined}
            data-done={at < now || undefined}
          >
            {PHASE_WORDS[step].name}
          </li>
        ))}
      </ol>
      <p className="mt-2 text-small text-soft">{PHASE_WORDS[phase].says}</p>
    </div>
  );
}
