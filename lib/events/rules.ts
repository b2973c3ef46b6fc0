import type { Phase, Visibility } from "./schema";

/** Whether everybody may see the event's results: it is published, or its organizer shows them live. */
export const isEventOpen = ({ phase, visibility }: { phase: Phase; visibility: Visibility }) =>
  phase === "published" || (visibility === "public" && phase !== "draft");
