import { cache } from "react";
import { ask } from "@/app/ask";
import { api } from "@/lib/trpc/server";

const NUMBER = /^[1-9]\d{0,6}$/;

/** What the form that raises an issue begins with: from a cell, or alone. */
export const askRaising = cache((eventSlug: string, cell: string | undefined) =>
  ask(api.issues.raising({ eventSlug, ...(cell ? { cell } : {}) })),
);

/** The issue of an address; what is no number, or nobody's, is the 404 page. */
export const askIssue = cache((eventSlug: string, number: string) =>
  ask(api.issues.byNumber({ eventSlug, number: NUMBER.test(number) ? Number(number) : 0 })),
);
