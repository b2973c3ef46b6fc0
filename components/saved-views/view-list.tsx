import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FormFault, TextField } from "@/components/ui/form-fields";
import { type FormAnswer, formState } from "@/lib/core/form";
import type { SavedView } from "@/lib/saved-views/schema";

type Props = {
  eventPath: string;
  views: readonly SavedView[];
  answer: FormAnswer | null;
};

/** Saved views of one track, each with what its reader may do to it. */
export const ViewList = ({ eventPath, views, answer }: Props) => (
  <ul className="cards">
    {views.map((view) => (
      <li key={view.id} className="card" id={`view-${view.id}`}>
        <div className="card-head">
          <a className="text-link" href={`${eventPath}/tracks/${view.track.slug}${view.query}`}>
            {view.name}
          </a>
          <Badge>{view.isOwn ? "yours" : "for everybody here"}</Badge>
          {new URLSearchParams(view.query).has("asOf") && <Badge>snapshot</Badge>}
          <code className="saved-query">{view.query.slice(1)}</code>
        </div>
        {view.mayChange && <Deeds {...{ eventPath, view, answer }} />}
      </li>
    ))}
  </ul>
);

type DeedsProps = { eventPath: string; view: SavedView; answer: FormAnswer | null };

function Deeds({ eventPath, view, answer }: DeedsProps) {
  const { id, name, track, mayShare } = view;
  const path = `${eventPath}/tracks/${track.slug}/views`;
  const state = formState(`rename-${id}`, answer);
  return (
    <div className="saved-deeds">
      <form
        method="post"
        action={`${path}/rename`}
        id={`rename-${id}`}
        aria-label={`Rename ${name}`}
      >
        <FormFault state={state} idPrefix={`${id}-`} />
        <input type="hidden" name="which" value={id} />
        <div className="form-inline">
          <TextField
            state={state}
            name="view.name"
            idPrefix={`${id}-`}
            label="Name"
            stored={name}
            maxLength={80}
            autoComplete="off"
            required
          />
          <Button type="submit" aria-label={`Rename ${name}`}>
            Rename
          </Button>
        </div>
      </form>
      {mayShare && (
        <Deed deed="share" {...{ path, id, answer }} label={`Share ${name} with everybody here`}>
          Share with everybody here
        </Deed>
      )}
      <Deed deed="remove" {...{ path, id, answer }} label={`Delete ${name}`}>
        Delete
      </Deed>
    </div>
  );
}

type DeedProps = {
  path: string;
  id: string;
  answer: FormAnswer | null;
  deed: "share" | "remove";
  /** Its name where there are many. */
  label: string;
  children: string;
};

const Deed = ({ path, id, answer, deed, label, children }: DeedProps) => (
  <form method="post" action={`${path}/${deed}`} id={`${deed}-${id}`}>
    <FormFault state={faultOf(formState(`${deed}-${id}`, answer))} />
    <input type="hidden" name="which" value={id} />
    <Button type="submit" aria-label={label}>
      {children}
    </Button>
  </form>
);

/** A button has no field: what is wrong, be it with the name, is told of the whole. */
const faultOf = (state: ReturnType<typeof formState>): ReturnType<typeof formState> => {
  const faults = Object.values(state.faults);
  return faults.length === 0 ? state : { ...state, faults: {}, message: faults.join(" ") };
};
