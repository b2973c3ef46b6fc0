import type { Field, OperationText } from "@/lib/documents/schema";

/** One operation of the API: who may, what to send, what comes back. */
export function ApiOperation({ operation }: { operation: OperationText }) {
  const { id, method, path, summary, who, parameters, body, answers, refusals } = operation;
  return (
    <article id={id} aria-labelledby={`${id}-name`} className="api-operation">
      <h3 id={`${id}-name`}>
        <span className="api-method">{method}</span> <code>{path}</code>
      </h3>
      <p>
        {summary} <span className="text-soft">{who}</span>
      </p>
      {parameters.length > 0 && (
        <table className="list" data-dense="true">
          <caption className="engraved">Parameters</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">In</th>
              <th scope="col">Type</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map(({ name, in: place, type, says }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td data-label="In">{place}</td>
                <td data-label="Type">
                  {type}
                  {says && <div className="text-soft">{says}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {body && <Fields caption={`Body: ${body.types}`} fields={body.fields} />}
      <dl className="api-answers">
        {answers.map(({ status, says, type, fields }) => (
          <div key={status}>
            <dt>
              <strong>{status}</strong>
            </dt>
            <dd>
              {says} {type && <code>{type}</code>}
              {fields.length > 0 && (
                <details>
                  <summary>{fields.length} fields</summary>
                  <Fields caption="Fields" fields={fields} />
                </details>
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>Refusals</dt>
          <dd className="tabular-nums">{refusals.join(", ")}</dd>
        </div>
      </dl>
    </article>
  );
}

type FieldProps = { caption: string; fields: readonly Field[] };

function Fields({ caption, fields }: FieldProps) {
  if (fields.length === 0) return <p className="engraved">{caption}</p>;
  return (
    <table className="list" data-dense="true">
      <caption className="engraved">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Needed</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, type, isRequired }) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td data-label="Type">{type}</td>
            <td data-label="Needed">{isRequired ? "yes" : "no"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
