import type { TestPage } from "@/lib/tracks/schema";

/** What is measured, in which unit, how, and where: two places give two figures. */
export function Measurements({ measurements }: Pick<TestPage, "measurements">) {
  return (
    <table className="list" data-dense="true" data-fine="true">
      <caption className="sr-only">What this test measures</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Unit</th>
          <th scope="col">How</th>
          <th scope="col">Taken at</th>
        </tr>
      </thead>
      <tbody>
        {measurements.map(({ id, name, unit, how, vantage, reference }) => (
          <tr key={id}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td data-label="Unit">{unit}</td>
            <td data-label="How">
              {how}
              {reference && (
                <span className="text-soft">
                  {" "}
                  ({reference.cite}
                  {!reference.verified && ", not verified"})
                </span>
              )}
            </td>
            <td data-label="Taken at">{vantage}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
