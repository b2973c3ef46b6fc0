import { Badge } from "@/components/ui/badge";
import { isText } from "@/lib/evidence/rules";
import { EVIDENCE_KINDS, type EvidenceLine } from "@/lib/evidence/schema";
import { sizeWords } from "./size";

type Props = { eventSlug: string; files: readonly EvidenceLine[] };

const NAMED = 3;

/** The files behind a cell's results; one that never arrived is shown as missing. */
export function EvidenceList({ eventSlug, files }: Props) {
  return (
    <table className="list">
      <caption className="sr-only">Evidence</caption>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Kind</th>
          <th scope="col" className="number">
            Size
          </th>
          <th scope="col">Belongs to</th>
          <th scope="col">Open</th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <tr key={`${file.sha256} ${file.name} ${file.results?.[0]?.seq}`}>
            <th scope="row" title={`SHA-256 ${file.sha256}`}>
              <code>{file.name}</code>
            </th>
            <td data-label="Kind">{file.kind}</td>
            <td data-label="Size" className="number">
              {file.size === null ? <Badge>missing</Badge> : sizeWords(file.size)}
            </td>
            <td data-label="Belongs to">
              <Results results={file.results} />
            </td>
            <td data-label="Open">
              <Ways eventSlug={eventSlug} file={file} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Results({ results }: Pick<EvidenceLine, "results">) {
  if (results === null) return "the whole run";
  const more = results.length - NAMED;
  return (
    <ul>
      {results.slice(0, NAMED).map(({ seq, reporter, attempt }) => (
        <li key={seq}>
          <a className="text-link" href={`#result-${seq}`}>
            {reporter ?? "Neutral harness"}, attempt {attempt}
          </a>
        </li>
      ))}
      {more > 0 && (
        <li className="text-soft">
          and {more} more {more === 1 ? "result" : "results"}
        </li>
      )}
    </ul>
  );
}

function Ways({ eventSlug, file }: { eventSlug: string; file: EvidenceLine }) {
  const { sha256, name, kind, size, mayDownload } = file;
  if (size === null) return <span className="text-soft">It has not arrived.</span>;
  const known = EVIDENCE_KINDS.find((one) => one === kind);
  return (
    <span className="evidence-ways">
      {known && isText(known) && (
        <a
          className="text-link"
          href={`/events/${eventSlug}/evidence/${sha256}`}
          aria-label={`Read ${name}`}
        >
          Read
        </a>
      )}
      {mayDownload && (
        <a
          className="text-link"
          href={`/api/v1/evidence/${sha256}`}
          aria-label={`Download ${name}`}
          download={true}
        >
          Download
        </a>
      )}
    </span>
  );
}
