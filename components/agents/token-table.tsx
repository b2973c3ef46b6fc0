import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import type { TokenLine } from "@/lib/agents/schema";

type Props = { action: string; zone: string; tokens: readonly TokenLine[] };

/** An agent's tokens, the newest first; the secrets themselves are kept nowhere. */
export function TokenTable({ action, zone, tokens }: Props) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Tokens</caption>
      <thead>
        <tr>
          <th scope="col">Made</th>
          <th scope="col">May</th>
          <th scope="col">Last used</th>
          <th scope="col">Ends</th>
          <th scope="col">
            <span className="sr-only">Revoke</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <th scope="row">
              <Moment at={token.createdAt} zone={zone} /> by {token.createdBy ?? "the operator"}
            </th>
            <td data-label="May">
              <span>{token.scopes.join(", ")}</span>
            </td>
            <td data-label="Last used">
              {token.lastUsedAt ? <Moment at={token.lastUsedAt} zone={zone} /> : "never"}
            </td>
            <td data-label="Ends">
              {token.state === "live" ? <Moment at={token.expiresAt} zone={zone} /> : token.state}
            </td>
            <td>
              {token.state === "live" && (
                <form method="post" action={`${action}/revoke-token`}>
                  <input type="hidden" name="tokenId" value={token.id} />
                  <Button type="submit" aria-label={`Revoke the token made ${token.createdAt}`}>
                    Revoke
                  </Button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
