import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/form-fields";
import { formState } from "@/lib/core/form";

type Props = { providers: readonly { id: string; name: string }[]; callbackPath: string };

/** The ways in. None has a password. */
export function SignInWays({ providers, callbackPath }: Props) {
  const query =
    callbackPath === "/" ? "" : `?${new URLSearchParams({ callbackUrl: callbackPath })}`;
  return (
    <div className="grid max-w-text gap-6">
      <form method="post" action="/api/sign-in" className="form">
        <input type="hidden" name="callbackUrl" value={callbackPath} />
        <TextField
          state={formState("email", null)}
          name="email"
          label="E-mail"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          hint="You get a link that signs you in. There is no password, and an account is made the first time."
        />
        <div className="form-actions">
          <Button type="submit" className="button-primary">
            Send me a link
          </Button>
        </div>
      </form>
      {providers.length > 0 && (
        <section aria-labelledby="providers" className="grid gap-3">
          <h2 id="providers" className="text-section">
            Or with an account you have
          </h2>
          <ul className="grid gap-2">
            {providers.map(({ id, name }) => (
              <li key={id}>
                {/* No form: `form-action 'self'` would stop its way to the provider. */}
                <a className="button inline-flex items-center" href={`/sign-in/with/${id}${query}`}>
                  Continue with {name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
