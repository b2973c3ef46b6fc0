import Link from "next/link";
import { cache } from "react";
import { ask } from "@/app/ask";
import { titleOf } from "@/app/events/[eventSlug]/questions";
import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { EditionForm } from "@/components/events/edition-form";
import { PhaseName, PhaseSteps } from "@/components/events/phase";
import { PhaseForms } from "@/components/events/phase-forms";
import { SettingsForm } from "@/components/events/settings-form";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { Moment } from "@/components/ui/moment";
import { formState } from "@/lib/core/form";
import { api } from "@/lib/trpc/server";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ answer?: Query; done?: Query }>;
};

const askSettings = cache((eventSlug: string) => ask(api.events.settings({ eventSlug })));

export async function generateMetadata({ params }: Props) {
  await askSettings((await params).eventSlug);
  return titleOf("Settings");
}

const DONE = new Map<unknown, string>([
  ["save", "The settings are saved."],
  ["phase", "The event has moved."],
  ["made", "The next edition is made: a draft that only its organizers and leads see."],
]);

export default async function EventSettings({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const asked = await askSettings(eventSlug);
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  const settings = asked.value;
  const { answer, done } = await searchParams;
  const told = await answerIn(answer);
  const isDone = DONE.get(done);
  const here = `/events/${eventSlug}`;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(eventSlug, settings.label)}
        title="Settings"
        beside={<PhaseName phase={settings.phase} />}
      >
        <p className="form-actions">
          <Link className="text-link" href={`${here}/invitations`} prefetch={false}>
            Organizers and leads
          </Link>
          <Link className="text-link" href={`${here}/entries`} prefetch={false}>
            Entries
          </Link>
          <Link className="text-link" href={`${here}/summary/desk`} prefetch={false}>
            Summary desk
          </Link>
        </p>
      </PageHead>
      {isDone && <Notice kind="done">{isDone}</Notice>}
      <section className="block" aria-labelledby="phases">
        <h2 id="phases">Phase</h2>
        <PhaseSteps phase={settings.phase} />
        {settings.testingEndedAt && (
          <p className="mt-2 text-small text-soft">
            Testing ended <Moment at={settings.testingEndedAt} zone={settings.zone} />; results that
            began later are refused.
          </p>
        )}
        <div className="mt-4">
          <PhaseForms eventSlug={eventSlug} state={formState("phase", told)} settings={settings} />
        </div>
      </section>
      <section className="block" aria-labelledby="what">
        <h2 id="what">The event</h2>
        <SettingsForm
          action={`${here}/settings/save`}
          state={formState("settings", told)}
          settings={settings}
        />
      </section>
      <section className="block" aria-labelledby="next">
        <h2 id="next">Next edition</h2>
        <EditionForm action={`${here}/settings/next`} state={formState("edition", told)} />
      </section>
    </div>
  );
}
