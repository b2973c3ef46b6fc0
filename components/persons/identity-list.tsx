import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import type { Profile } from "@/lib/persons/schema";

type Props = {
  identities: Profile["identities"];
  providers: readonly { id: string; name: string }[];
  zone: string;
};

/** The providers' identities that lead to this account, and those that could. */
export function IdentityList({ identities, providers, zone }: Props) {
  const nameOf = (id: string) => providers.find((provider) => provider.id === id)?.name ?? id;
  const open = providers.filter(({ id }) => !identities.some(({ provider }) => provider === id));
  return (
    <ul className="grid gap-3">
      {identities.map(({ provider, connectedAt }) => (
        <li key={`${provider} ${connectedAt}`} className="flex flex-wrap items-center gap-3">
          <span>
            {nameOf(provider)}, connected <Moment at={connectedAt} zone={zone} />
          </span>
          <form method="post" action="/account/disconnect">
            <input type="hidden" name="provider" value={provider} />
            <Button type="submit" aria-label={`Disconnect ${nameOf(provider)}`}>
              Disconnect
            </Button>
          </form>
        </li>
      ))}
      {open.map(({ id, name }) => (
        <li key={id}>
          <a className="button inline-flex items-center" href={`/account/connect/${id}`}>
            Connect {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
