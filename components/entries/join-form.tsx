import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextArea, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { Joining } from "@/lib/entries/schema";
import type { ProjectNames } from "@/lib/projects/schema";
import { BuildFields } from "./build-fields";
import { KIND_OPTIONS } from "./kinds";
import { ProjectChoice } from "./project-choice";
import { RoleChoice } from "./role-choice";

type Props = {
  eventSlug: string;
  joining: Joining;
  projects: readonly ProjectNames[];
  near: readonly ProjectNames[];
  state: FormState;
};

const RARE = [
  "project.homepageUrl",
  "entry.slug",
  "entry.name",
  "entry.note",
  "entry.build.commit",
  "entry.build.parts",
  "entry.build.note",
];

/** All that joining takes, on one page; what most need not fill in is folded away. */
export function JoinForm({ eventSlug, joining, projects, near, state }: Props) {
  const { needsApproval, tracks, last } = joining;
  const isRareAsked = RARE.some((field) => state.faults[field] || state.said?.[field]?.[0]);
  return (
    <form method="post" action={`/events/${eventSlug}/join/enter`} className="form" id="join">
      <FormFault state={state} />
      <fieldset className="form-section">
        <legend>1. What you bring</legend>
        <ProjectChoice state={state} projects={projects} stored={last?.project ?? ""} near={near} />
        <TextField
          state={state}
          name="entry.build.label"
          label="Version you will run"
          maxLength={120}
          placeholder="3.6.2"
          hint="As your own build calls itself. It can be named later, and changed at any time."
        />
      </fieldset>
      <fieldset className="form-section">
        <legend>2. Tracks and roles</legend>
        {tracks.length === 0 ? (
          <p className="text-soft">This event has no tracks yet. Choose them later.</p>
        ) : (
          <>
            <p className="form-hint">
              {last
                ? "Ticked is what you played the last time. "
                : "Tick what you can play; it decides which tests are yours. "}
              You can change it until testing ends.
            </p>
            <RoleChoice state={state} tracks={tracks} played={last?.plays ?? {}} />
          </>
        )}
      </fieldset>
      <details className="form-more" open={isRareAsked}>
        <summary>A second entry of a project, a composite, a helper, a note</summary>
        <Rare state={state} />
      </details>
      <div className="form-actions">
        <Button type="submit" className="button-primary">
          {needsApproval ? "Ask to join" : "Join"}
        </Button>
        <span className="form-hint">
          {needsApproval
            ? "An organizer lets entries in; you see here when that is done."
            : "You are in at once."}
        </span>
      </div>
    </form>
  );
}

function Rare({ state }: { state: FormState }) {
  return (
    <div className="form-section">
      <div className="form-row">
        <TextField
          state={state}
          name="entry.slug"
          label="Short name of the entry"
          maxLength={60}
          hint="For addresses and agents. Empty: the project’s. A second entry needs its own, such as kamailio-strict."
        />
        <TextField
          state={state}
          name="entry.name"
          label="Name on the matrix"
          maxLength={80}
          hint="Empty: the project’s."
        />
      </div>
      <ChoiceField state={state} name="entry.kind" label="Takes part as" options={KIND_OPTIONS} />
      <TextArea
        state={state}
        name="entry.note"
        label="Note"
        maxLength={1000}
        hint="What others should know. Of a second entry: how it differs from the first."
      />
      <TextField
        state={state}
        name="project.homepageUrl"
        type="url"
        label="Home page of a project that is new here"
        maxLength={500}
        placeholder="https://"
      />
      <BuildFields state={state} within="entry.build" />
    </div>
  );
}
