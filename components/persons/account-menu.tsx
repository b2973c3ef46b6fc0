import Link from "next/link";

/** Who is signed in, the way to their account, and the way out. */
export function AccountMenu({ name }: { name: string }) {
  return (
    <>
      <Link
        href="/account"
        prefetch={false}
        title="Your account"
        className="max-w-24 truncate sm:max-w-48"
      >
        {name}
      </Link>
      {/* A phone has no room for it; the account page has the same button. */}
      <form method="post" action="/api/sign-out" className="max-sm:hidden">
        <button type="submit">Sign out</button>
      </form>
    </>
  );
}
