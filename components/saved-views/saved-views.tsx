import type { FormState } from "@/lib/core/form";
import type { SavedView } from "@/lib/saved-views/schema";
import { SaveViewForm } from "./save-view-form";

type Props = {
  /** Of this track. */
  views: readonly SavedView[];
  /** The query of what the page shows: `?state=disputed`. */
  here: string;
  eventPath: string;
  track: { slug: string; restricted: boolean; mayLead: boolean };
  isSignedIn: boolean;
  state: FormState;
};

/** Views kept under a name, as plain links, and the form that keeps this one: it needs no script. */
export function SavedViews({ views, here, eventPath, track, isSignedIn, state }: Props) {
  const path = `${eventPath}/tracks/${track.slug}`;
  const current = views.find(({ query }) => query === here);
  return (
    <details className="saved-views no-print" open={state.said !== null}>
      <summary>
        Saved views {views.length > 0 && <span className="tab-count">{views.length}</span>}
        <span className="saved-now">{current?.name}</span>
      </summary>
      <div className="saved-body">
        {views.length === 0 && (
          <p className="saved-words">
            None yet. A saved view is the matrix as you filtered and ordered it, kept under a name:
            one click brings it back, with what has come since.
          </p>
        )}
        <Links
          title="For everybody here"
          {...{ path, here }}
          views={views.filter(({ isOwn }) => !isOwn)}
        />
        <Links title="Yours" {...{ path, here }} views={views.filter(({ isOwn }) => isOwn)} />
        {isSignedIn ? (
          <SaveViewForm action={`${path}/views/save`} {...{ here, state, track }} />
        ) : (
          <p className="saved-words">
            <a className="text-link" href={`/sign-in?${signInQuery(path, here)}`}>
              Sign in
            </a>{" "}
            to keep views of your own.
          </p>
        )}
        {views.some(({ mayChange }) => mayChange) && (
          <p>
            <a className="text-link" href={`${eventPath}/views`}>
              {track.mayLead ? "Rename, share or delete" : "Rename or delete"}
            </a>
          </p>
        )}
      </div>
    </details>
  );
}

const signInQuery = (path: string, here: string) =>
  new URLSearchParams({ callbackUrl: here === "?" ? path : `${path}${here}` }).toString();

type LinksProps = { title: string; path: string; here: string; views: readonly SavedView[] };

function Links({ title, path, here, views }: LinksProps) {
  if (views.length === 0) return null;
  const id = `saved-${title.split(" ")[0]?.toLowerCase()}`;
  return (
    <div>
      <p id={id} className="engraved">
        {title}
      </p>
      <ul className="saved-list" aria-labelledby={id}>
        {views.map((view) => (
          <li key={view.id} id={`view-${view.id}`}>
            <a
              href={`${path}${view.query}`}
              aria-current={view.query === here ? "true" : undefined}
            >
              {view.name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
