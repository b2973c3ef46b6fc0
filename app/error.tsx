"use client";

import { Failure } from "@/components/shell/failure";

type Props = { error: Error & { digest?: string } };

export default function ErrorPage({ error }: Props) {
  return <Failure digest={error.digest} />;
}
