"use client";

import dynamic from "next/dynamic";
import type { FollowedProps } from "./followed-awaiting";

// A page names the scripts of all its islands, also of those that it does not draw: without this a
// visitor of an event's page would load what only those who take part need.
const Followed = dynamic(
  () => import("./followed-awaiting").then(({ FollowedAwaiting }) => FollowedAwaiting),
  { ssr: false },
);

/** Keeps what awaits the reader fresh. */
export const LiveAwaiting = (props: FollowedProps) => <Followed {...props} />;
