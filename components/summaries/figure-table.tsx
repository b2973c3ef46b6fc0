import type { Figure } from "@/lib/summaries/schema";

type Props = { label: string; figures: readonly Figure[] };

/** Numbers with their denominators in words; each leads to what was counted. */
export function FigureTable({ label, figures }: Props) {
  const hasData = figures.some(({ data }) => data !== null);
  return (
    <table className="list summary-figures" data-dense>
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col" className="number">
            Number
          </th>
          <th scope="col">Counted</th>
          {hasData && (
            <th scope="col" className="no-print">
              Data
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {figures.map((figure) => (
          <tr key={figure.key}>
            <th scope="row">{figure.label}</th>
            <td className="number">
              <Value figure={figure} />
            </td>
            <td className="summary-counted">{figure.words}</td>
            {hasData && (
              <td className="no-print">
                {figure.data && (
                  <a
                    className="text-link"
                    href={figure.data}
                    aria-label={`${figure.label} as CSV`}
                    rel="nofollow"
                  >
                    CSV
                  </a>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ figure: { label, value, page } }: { figure: Figure }) {
  if (page === null) return value;
  return (
    <a className="text-link" href={page} aria-label={`${label}: ${value}`}>
      {value}
    </a>
  );
}
