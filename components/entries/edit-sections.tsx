import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { FormFault } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { EntryPage, EntryRights } from "@/lib/entries/schema";
import { AddBuildForm, BuildForms } from "./build-forms";
import { CapabilityForm } from "./capability-form";
import { ConsentForm } from "./consent-form";
import { DetailsForm, KindForm } from "./details-form";
import { EndpointForm } from "./endpoint-form";
import { EndpointTable } from "./endpoint-table";
import { RoleChoice } from "./role-choice";

type Props = {
  entry: EntryPage;
  /** Where the forms go, but for their own last segment. */
  action: string;
  stateOf: (form: string) => FormState;
};

/** All that an entry's people may change of it, part by part. */
export function EditSections({ entry, action, stateOf }: Props) {
  const { may, builds, choices, consent } = entry;
  return (
    <>
      {(may.addBuild || may.edit) && (
        <Part id="builds" title="Builds">
          {may.addBuild && <AddBuildForm action={action} state={stateOf("build")} />}
          <BuildForms action={action} builds={builds} stateOf={stateOf} mayChoose={may.addBuild} />
        </Part>
      )}
      {may.play && (
        <Part id="roles" title="Tracks and roles">
          <form method="post" action={`${action}/roles`} className="form">
            <FormFault state={stateOf("roles")} />
            <RoleChoice
              state={stateOf("roles")}
              tracks={choices}
              played={Object.fromEntries(choices.map(({ slug, played }) => [slug, played]))}
            />
            <div>
              <Button type="submit">Save tracks and roles</Button>
            </div>
          </form>
        </Part>
      )}
      {may.edit && <Declared entry={entry} action={action} stateOf={stateOf} />}
      {may.consent && consent && (
        <Part id="consent" title="Consent for publication">
          <ConsentForm action={action} state={stateOf("consent")} consent={consent} />
        </Part>
      )}
    </>
  );
}

function Declared({ entry, action, stateOf }: Props) {
  const { choices, capabilities, endpoints, features, may } = entry;
  const tracks = choices.filter(({ isIn }) => isIn);
  return (
    <>
      <Part id="capabilities" title="What it can do">
        {tracks.length === 0 && (
          <p className="text-soft">
            Tick a track and its roles first; then say here how far they go.
          </p>
        )}
        {tracks.map((track) => {
          const form = `capabilities-${track.slug}`;
          return (
            <div key={track.slug} className="card">
              <h3>{track.title}</h3>
              <CapabilityForm
                action={`${action}/capabilities`}
                id={form}
                state={stateOf(form)}
                track={track}
                capabilities={capabilities}
                features={features}
              />
            </div>
          );
        })}
      </Part>
      <Part id="endpoints" title="Where to reach it">
        {endpoints && endpoints.length > 0 && (
          <EndpointTable endpoints={endpoints} removeAt={`${action}/remove-endpoint`} />
        )}
        <EndpointForm
          action={action}
          state={stateOf("endpoint")}
          tracks={tracks.length > 0 ? tracks : choices}
        />
      </Part>
      <Part id="details" title="Name and note">
        <DetailsForm action={action} state={stateOf("details")} entry={entry} />
        {may.admit && <KindForm action={action} state={stateOf("kind")} kind={entry.kind} />}
      </Part>
    </>
  );
}

const PARTS = [
  { id: "builds", title: "Builds", right: "edit" },
  { id: "roles", title: "Tracks and roles", right: "play" },
  { id: "capabilities", title: "What it can do", right: "edit" },
  { id: "endpoints", title: "Where to reach it", right: "edit" },
  { id: "details", title: "Name and note", right: "edit" },
  { id: "consent", title: "Consent", right: "consent" },
  { id: "people", title: "People", right: "edit" },
  { id: "out", title: "Ways out", right: "leave" },
] as const satisfies readonly { id: string; title: string; right: keyof EntryRights }[];

/** The parts of the page: it is long. */
export function PartLinks({ may }: { may: EntryRights }) {
  return (
    <nav aria-label="On this page" className="form-boxes">
      {PARTS.filter(({ right }) => may[right]).map(({ id, title }) => (
        <a key={id} className="text-link" href={`#${id}`}>
          {title}
        </a>
      ))}
    </nav>
  );
}

export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="block part" id={id} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
