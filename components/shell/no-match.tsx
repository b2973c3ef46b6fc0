import { EmptyState } from "./empty-state";

/** There is something, and the filters leave nothing of it; `one` is what there is none of, as "cell". */
export const NoMatch = ({ one }: { one: string }) => (
  <EmptyState title={`No ${one} is like that.`}>
    <p>
      Nothing here matches all the filters.{" "}
      <a className="text-link" href="?">
        Show everything
      </a>
    </p>
  </EmptyState>
);
