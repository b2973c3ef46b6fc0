"use client";

import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { afterBreak } from "@/lib/core/after-break";
import { Api, useTRPC } from "@/lib/trpc/client";

type CellProps = { eventSlug: string; trackSlug: string; cellId: string; stamp: string };

/** Has the server draw a cell's page anew when somebody has said something. */
export function LiveCell(props: CellProps) {
  return (
    <Api>
      <FollowedCell {...props} />
    </Api>
  );
}

function FollowedCell({ stamp, ...where }: CellProps) {
  const router = useRouter();
  const { results } = useTRPC();
  const { reset } = useSubscription(
    results.onCell.subscriptionOptions(
      { ...where, known: stamp },
      {
        onData: () => router.refresh(),
        onError: (error) => afterBreak(error, { reset, gone: () => router.refresh() }),
      },
    ),
  );
  return null;
}
