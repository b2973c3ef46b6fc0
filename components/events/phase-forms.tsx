import Link from "next/link";
import { Button } from "@/components/ui/button";
import { FormFault } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import { BACK, FORWARD, refusalToMove } from "@/lib/events/rules";
import type { SettingsPage } from "@/lib/events/schema";

type Props = { eventSlug: string; state: FormState; settings: SettingsPage };

/** The way on, with what it means, and the way back where it does no harm. */
export function PhaseForms({ eventSlug, state, settings }: Props) {
  const { phase } = settings;
  const [forward, back] = [FORWARD[phase], BACK[phase]];
  const isBackFree = back && refusalToMove(phase, back.to, settings) === null;
  return (
    <div className="phase-move" id="phase">
      <FormFault state={state} />
      {forward && <Move eventSlug={eventSlug} from={phase} step={forward} isOn />}
      {phase === "review" && (
        <p>
          The event is published with its summary, from the{" "}
          <Link
            className="text-link"
            href={`/events/${eventSlug}/summary/preview`}
            prefetch={false}
          >
            summary’s preview
          </Link>
          .
        </p>
      )}
      {phase === "published" && (
        <p>
          Published events stay so. Corrections are further versions of the{" "}
          <Link className="text-link" href={`/events/${eventSlug}/summary/desk`} prefetch={false}>
            summary
          </Link>
          .
        </p>
      )}
      {back && isBackFree && <Move eventSlug={eventSlug} from={phase} step={back} />}
    </div>
  );
}

type MoveProps = {
  eventSlug: string;
  from: SettingsPage["phase"];
  step: { to: string; button: string; means: string };
  isOn?: boolean;
};

function Move({ eventSlug, from, step, isOn = false }: MoveProps) {
  const id = `means-${step.to}`;
  return (
    <form method="post" action={`/events/${eventSlug}/settings/phase`} className="form-actions">
      <input type="hidden" name="from" value={from} />
      <input type="hidden" name="to" value={step.to} />
      <Button type="submit" className={isOn ? "button-primary" : ""} aria-describedby={id}>
        {step.button}
      </Button>
      <span id={id} className="form-hint">
        {step.means}
      </span>
    </form>
  );
}
