import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { describeBrowser } from "@/lib/persons/rules";
import type { SessionLine } from "@/lib/persons/schema";

type Props = {
  sessions: readonly SessionLine[];
  currentId: string;
  providers: readonly { id: string; name: string }[];
  zone: string;
};

/** Every browser that is signed in, so that a stranger's can be found and ended. */
export function SessionList({ sessions, currentId, providers, zone }: Props) {
  const nameOf = (method: string) =>
    providers.find(({ id }) => id === method)?.name ?? (method === "email" ? "a link" : method);
  return (
    <ul className="grid gap-3">
      {sessions.map(({ id, method, userAgent, createdAt, lastSeenAt, expiresAt }) => (
        <li
          key={id}
          className="flex flex-wrap items-center justify-between gap-3 rounded-box border border-line bg-surface px-4 py-3"
        >
          <div>
            <p className="flex items-center gap-2">
              <strong>{describeBrowser(userAgent)}</strong>
              {id === currentId && <Badge>this browser</Badge>}
            </p>
            <p className="text-small text-soft">
              Signed in with {nameOf(method)} <Moment at={createdAt} zone={zone} />; last used{" "}
              <Moment at={lastSeenAt} zone={zone} />; ends <Moment at={expiresAt} zone={zone} />
            </p>
          </div>
          {id !== currentId && (
            <form method="post" action="/account/sessions">
              <input type="hidden" name="sessionId" value={id} />
              <Button type="submit" aria-label={`End the session of ${describeBrowser(userAgent)}`}>
                End
              </Button>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}
