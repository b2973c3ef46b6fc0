import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { cache } from "react";
import { ask } from "@/app/ask";
import { OutboxList } from "@/components/mails/outbox-list";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { env } from "@/lib/core/env";
import { api } from "@/lib/trpc/server";

/** Asked once per request: for whoever may not read the outbox, the page and its title are not there. */
const askOutbox = cache(() => ask(Promise.all([api.mails.outbox(), api.persons.profile()])));

export async function generateMetadata(): Promise<Metadata> {
  await askOutbox();
  return { title: "Outbox" };
}

export default async function Outbox() {
  const answer = await askOutbox();
  if (answer.refused) redirect("/sign-in?callbackUrl=/outbox");
  const [mails, profile] = answer.value;
  const sendsMail = env().SMTP_URL !== undefined;
  return (
    <div className="page grid gap-6">
      <PageHead title="Mails that were not sent">
        <p className="max-w-text text-soft">
          {sendsMail
            ? "The mail server did not take these."
            : "No mail server is set up (SMTP_URL), so somebody has to hand these on."}{" "}
          Hand each to the person it is for and to nobody else: a link to sign in lets whoever has
          it in.
        </p>
      </PageHead>
      {mails.length > 0 ? (
        <OutboxList mails={mails} zone={profile.zone ?? "UTC"} />
      ) : (
        <EmptyState title="Nothing is waiting.">
          <p>When somebody asks for a link to sign in, it stands here for ten minutes.</p>
        </EmptyState>
      )}
    </div>
  );
}
