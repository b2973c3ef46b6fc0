const SENTENCES = {
  "account-elsewhere":
    "That identity belongs to another account of this site already, so it was not connected to this one. Sign in with it to use that account.",
  "address-invalid": "That is not an e-mail address. Write it as ann@example.org.",
  "address-taken":
    "An account with your e-mail address exists already, and it is not connected to that provider. Sign in the way you did before, for example with a link by e-mail; then connect the provider under Account.",
  cancelled: "You cancelled at the provider. Nothing has changed; choose a way to sign in.",
  "email-unusable":
    "The provider gave no e-mail address that this site can use. Set one there, or sign in with a link by e-mail.",
  "email-unverified":
    "The provider has not verified your e-mail address. Verify it there and try again, or sign in with a link by e-mail.",
  failed: "Signing in did not work. Please try again; if it keeps failing, tell the organizer.",
  "link-used":
    "This link has been used already or has expired: each works once, for a short time. Ask for a new one below.",
  "mail-failed":
    "The e-mail with your link could not be sent. Try again in a while, or ask the organizer for a link.",
  "provider-failed":
    "The provider's answer could not be verified, perhaps because you took long or used the Back button. Please try again.",
  "provider-unreachable":
    "The provider does not answer at the moment. Try again later, or sign in with a link by e-mail.",
} as const;

export type SignInRefusal = keyof typeof SENTENCES;

/** Anybody may write a code into a URL; only ours say something. */
export const isRefusal = (code: unknown): code is SignInRefusal =>
  typeof code === "string" && Object.hasOwn(SENTENCES, code);

export const sentenceOf = (code: unknown): string | null =>
  isRefusal(code) ? SENTENCES[code] : null;

const OF_NEXT_AUTH: Record<string, SignInRefusal> = {
  Verification: "link-used",
  OAuthCallback: "provider-failed",
  OAuthSignin: "provider-unreachable",
  EmailSignin: "mail-failed",
};

export function refusalOf(
  nextAuthCode: string | null,
  page: "/sign-in" | "/account",
): SignInRefusal {
  // The one code for two things: the address has an account, or the identity has another one.
  if (nextAuthCode === "OAuthAccountNotLinked") {
    return page === "/account" ? "account-elsewhere" : "address-taken";
  }
  return OF_NEXT_AUTH[nextAuthCode ?? ""] ?? "failed";
}
