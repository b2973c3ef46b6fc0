import { SavePicture } from "./save-picture";

type Props = {
  /** `/api/v1/events/…/tracks/…` */
  base: string;
  /** The filters of the page, as `?state=disputed`; "?" for none. */
  query: string;
  /** What a saved picture is called. */
  name: string;
  /** Results and changes are told as they are now: they are no part of an earlier matrix. */
  isSnapshot: boolean;
};

const TWINS = [
  { file: "matrix.json", label: "JSON" },
  { file: "matrix.csv", label: "CSV" },
  { file: "matrix.ndjson", label: "NDJSON" },
  { file: "matrix.svg", label: "SVG" },
  { file: "results.ndjson", label: "Results: NDJSON" },
  { file: "results.ctrf.json", label: "CTRF" },
  { file: "results.junit.xml", label: "JUnit" },
  { file: "changes.atom", label: "Atom feed of changes" },
] as const;

/** The same matrix, with the same filters, for machines, slides and feed readers. */
export function Twins({ base, query, name, isSnapshot }: Props) {
  const search = query === "?" ? "" : query;
  const twins = TWINS.filter(({ file }) => !isSnapshot || file.startsWith("matrix."));
  return (
    <ul className="twins" aria-label="The same as data">
      {twins.map(({ file, label }) => (
        <li key={file}>
          <a className="text-link" href={`${base}/${file}${search}`}>
            {label}
          </a>
        </li>
      ))}
      <li>
        <SavePicture href={`${base}/matrix.svg${search}`} name={name} />
      </li>
    </ul>
  );
}
