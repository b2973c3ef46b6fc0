import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { KIND_WORDS, STATE_WORDS } from "@/lib/issues/rules";
import {
  ISSUE_KINDS,
  ISSUE_STATES,
  type IssueList,
  type IssueView,
  type Sort,
} from "@/lib/issues/schema";

const SORT_WORDS = {
  newest: "newest first",
  updated: "changed last",
  severity: "gravest first",
  state: "by state",
} as const satisfies Record<Sort, string>;

type Props = { view: IssueView; list: IssueList };

/** A plain form: what it asks for is the page's address, and can be sent to somebody. */
export function IssueFilters({ view, list }: Props) {
  const chosen = (wanted: readonly string[] | undefined) => wanted?.join(",");
  return (
    <form className="filters no-print" method="get" aria-label="Filter the issues">
      <label className="field">
        <span className="engraved">Search</span>
        <input
          id="issue-search"
          type="search"
          name="q"
          defaultValue={view.q ?? ""}
          maxLength={200}
          placeholder="words or #12"
          aria-keyshortcuts="/"
        />
      </label>
      <Select name="state" label="State" value={chosen(view.state)} all="Any state">
        <option value="open,known">Not mended</option>
        {ISSUE_STATES.map((state) => (
          <option key={state} value={state}>
            {STATE_WORDS[state].label}
          </option>
        ))}
      </Select>
      <Select name="kind" label="Kind" value={chosen(view.kind)} all="Any kind">
        {ISSUE_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {KIND_WORDS[kind]}
          </option>
        ))}
      </Select>
      <Select name="target" label="Against" value={chosen(view.target)} all="Anybody">
        {list.targets.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Select>
      <Select name="track" label="Track" value={chosen(view.track)} all="All tracks">
        {list.tracks.map(({ slug, title }) => (
          <option key={slug} value={slug}>
            {title}
          </option>
        ))}
      </Select>
      <Select name="sort" label="Order" value={view.sort} all={SORT_WORDS.newest}>
        {(["updated", "severity", "state"] as const).map((sort) => (
          <option key={sort} value={sort}>
            {SORT_WORDS[sort]}
          </option>
        ))}
      </Select>
      <Button type="submit">Show</Button>
      {isFiltered(view) && (
        <a className="text-link" href="?">
          Show everything
        </a>
      )}
    </form>
  );
}

export const isFiltered = ({ sort: _, q, ...rest }: IssueView) =>
  Boolean(q) || Object.values(rest).some((value) => value !== undefined);
