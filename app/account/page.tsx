import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { IdentityList } from "@/components/persons/identity-list";
import { ProfileForm } from "@/components/persons/profile-form";
import { SessionList } from "@/components/persons/session-list";
import { PageHead } from "@/components/shell/page-head";
import { Button } from "@/components/ui/button";
import { FormFault } from "@/components/ui/form-fields";
import { listProviders } from "@/lib/auth/providers";
import { sentenceOf } from "@/lib/auth/refusals";
import { currentSession } from "@/lib/auth/session";
import { formState } from "@/lib/core/form";
import { api, currentContext } from "@/lib/trpc/server";

export const metadata: Metadata = { title: "Your account" };

type Props = { searchParams: Promise<{ error?: Query; done?: Query; answer?: Query }> };

const DONE = new Map<unknown, string>([
  ["profile", "Your profile is saved."],
  ["session", "That session has ended: the browser is signed out at its next step."],
  ["disconnect", "Disconnected. A link by e-mail still signs you in."],
]);

export default async function Account({ searchParams }: Props) {
  const current = await currentSession();
  if (!current) redirect("/sign-in?callbackUrl=/account");
  const [{ error, done, answer: sealed }, { actor }, profile, sessions] = await Promise.all([
    searchParams,
    currentContext(),
    api.persons.profile(),
    api.persons.sessions(),
  ]);
  const answer = await answerIn(sealed);
  const refusal = sentenceOf(error);
  const isDone = DONE.get(done);
  const zone = profile.zone ?? "UTC";
  const providers = listProviders();
  return (
    <div className="page grid gap-8">
      <PageHead title="Your account" />
      {refusal && <Notice kind="refused">{refusal}</Notice>}
      {isDone && <Notice kind="done">{isDone}</Notice>}
      <section aria-labelledby="profile" className="grid gap-3">
        <h2 id="profile" className="text-section">
          Profile
        </h2>
        <p className="text-soft">{profile.email}</p>
        <ProfileForm profile={profile} state={formState("profile", answer)} />
      </section>
      {(providers.length > 0 || profile.identities.length > 0) && (
        <section aria-labelledby="identities" className="grid gap-3">
          <h2 id="identities" className="text-section">
            Ways to sign in
          </h2>
          <p className="max-w-text text-soft">
            A link to your address always works. Accounts elsewhere are never connected because of
            the address alone, only here.
          </p>
          <FormFault state={formState("disconnect", answer)} />
          <IdentityList identities={profile.identities} providers={providers} zone={zone} />
        </section>
      )}
      <section aria-labelledby="sessions" className="grid gap-3">
        <h2 id="sessions" className="text-section">
          Sessions
        </h2>
        <p className="max-w-text text-soft">
          A session ends after 12 hours without use, and 7 days after signing in at the latest.
        </p>
        <FormFault state={formState("sessions", answer)} />
        <SessionList
          sessions={sessions}
          currentId={current.sessionId}
          providers={providers}
          zone={zone}
        />
        <form method="post" action="/api/sign-out" className="form-actions">
          <Button type="submit">Sign out</Button>
          <Button type="submit" name="everywhere" value="yes">
            Sign out everywhere
          </Button>
        </form>
      </section>
      {actor.kind === "person" && actor.organizerOf.size > 0 && (
        <p>
          <Link className="text-link" href="/outbox" prefetch={false}>
            Mails that were not sent
          </Link>
        </p>
      )}
    </div>
  );
}
