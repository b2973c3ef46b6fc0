import { Button } from "@/components/ui/button";
import type { EndpointLine } from "@/lib/entries/schema";

type Props = {
  endpoints: readonly EndpointLine[];
  /** Where to send the form that removes one; null for who may not. */
  removeAt: string | null;
};

/** Where an entry can be reached, and when it may be called while nobody watches. */
export function EndpointTable({ endpoints, removeAt }: Props) {
  return (
    <table className="list">
      <caption className="sr-only">Endpoints</caption>
      <thead>
        <tr>
          <th scope="col">Address</th>
          <th scope="col">Role</th>
          <th scope="col">Transport</th>
          <th scope="col">Machine</th>
          <th scope="col">Unattended calls</th>
          {removeAt !== null && (
            <th scope="col">
              <span className="sr-only">Remove</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {endpoints.map(({ id, uri, role, transport, machine, unattended, note }) => (
          <tr key={id}>
            <th scope="row">
              <code>{uri}</code>
            </th>
            <td data-label="Role">{role}</td>
            <td data-label="Transport">{transport.toUpperCase()}</td>
            <td data-label="Machine">{machine}</td>
            <td data-label="Unattended calls">
              {unattended ? `Welcome${note ? `: ${note}` : ""}` : note || "Ask first"}
            </td>
            {removeAt !== null && (
              <td>
                <form method="post" action={removeAt}>
                  <input type="hidden" name="endpointId" value={id} />
                  <Button type="submit" aria-label={`Remove ${uri}`}>
                    Remove
                  </Button>
                </form>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
