import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { SignInWays } from "@/components/auth/sign-in-ways";
import { PageHead } from "@/components/shell/page-head";
import { listProviders } from "@/lib/auth/providers";
import { sentenceOf } from "@/lib/auth/refusals";
import { currentSession } from "@/lib/auth/session";
import { safePath } from "@/lib/core/safe-path";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ error?: Query; callbackUrl?: Query }> };

export default async function SignIn({ searchParams }: Props) {
  const { error, callbackUrl } = await searchParams;
  const callbackPath = safePath(callbackUrl);
  const refusal = sentenceOf(error);
  const session = await currentSession();
  if (session && refusal === null) redirect(callbackPath);
  return (
    <div className="page grid gap-6">
      <PageHead title="Sign in" />
      {refusal && <Notice kind="refused">{refusal}</Notice>}
      {session ? (
        <p>
          You are signed in.{" "}
          <Link className="text-link" href={callbackPath} prefetch={false}>
            Go on
          </Link>
        </p>
      ) : (
        <SignInWays providers={listProviders()} callbackPath={callbackPath} />
      )}
    </div>
  );
}
