"use client";

import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { afterBreak } from "@/lib/core/after-break";
import { Api, useTRPC } from "@/lib/trpc/client";

export type FollowedProps = { eventSlug: string; stamp: string };

/** Has the server draw a page anew when something else waits for the reader's word. */
export function FollowedAwaiting(props: FollowedProps) {
  return (
    <Api>
      <Followed {...props} />
    </Api>
  );
}

function Followed({ eventSlug, stamp }: FollowedProps) {
  const router = useRouter();
  const { results } = useTRPC();
  const { reset } = useSubscription(
    results.onAwaiting.subscriptionOptions(
      { eventSlug, known: stamp },
      {
        onData: () => router.refresh(),
        onError: (error) => afterBreak(error, { reset, gone: () => router.refresh() }),
      },
    ),
  );
  return null;
}
