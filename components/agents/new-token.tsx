/** A token that was just made, shown this once, with what to do with it. */
export function NewToken({ token, siteUrl }: { token: string; siteUrl: string }) {
  return (
    <div role="status" className="card">
      <p>
        <strong>Copy this token now:</strong> it is shown this once. Keep it as you keep a password.
      </p>
      <label className="form-cell">
        <span className="sr-only">The token</span>
        <input readOnly value={token} className="font-mono" autoComplete="off" spellCheck={false} />
      </label>
      <p className="text-small text-soft">
        On the agent’s machine: <code>PLUGFEST_URL={siteUrl}</code> and{" "}
        <code>PLUGFEST_TOKEN=pf_agt_…</code>, then <code>plugfest doctor</code>.
      </p>
    </div>
  );
}
