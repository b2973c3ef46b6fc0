import Link from "next/link";

/** Who is signed in, the way to their account, and the way out. */
export function AccountMenu({ name }: { name: string }) {
  return (
    <>
      <Link href="/account" prefetch={false} title="Your account" className="max-w-48 truncate">
        {name}
      </Link>
      <form method="post" action="/api/sign-out">
        <button type="submit">Sign out</button>
      </form>
    </>
  );
}
