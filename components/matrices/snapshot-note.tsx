import { Moment } from "@/components/ui/moment";
import { viewQuery } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";

type Props = {
  view: PageView;
  /** When the last change in it was made; null where that is not told. */
  at: string | null;
  /** IANA name */
  zone: string;
};

/** That a matrix is of an earlier moment: what else would be taken for the latest word. */
export function SnapshotNote({ view, at, zone }: Props) {
  if (view.asOf === undefined) return null;
  return (
    <p className="snapshot-note" role="note">
      <strong>A snapshot.</strong> The matrix as it was{" "}
      {at === null ? (
        "at an earlier moment"
      ) : (
        <>
          after the change of <Moment at={at} zone={zone} />
        </>
      )}
      . Nothing here changes; a mark leads to its cell as it is now.{" "}
      <a className="text-link" href={viewQuery(view, { asOf: undefined })}>
        Show the matrix as it is now
      </a>
    </p>
  );
}
