import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ask } from "@/app/ask";
import { OutboxList } from "@/components/mails/outbox-list";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { env } from "@/lib/core/env";
import { api } from "@/lib/trpc/server";

export const metadata: Metadata = { title: "Outbox" };

export default async function Outbox() {
  const answer = await ask(Promise.all([api.mails.outbox(), api.persons.profile()]));
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
