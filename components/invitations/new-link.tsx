/** A link that was just made, shown this once. */
export function NewLink({ link }: { link: string }) {
  return (
    <div role="status" className="card">
      <p>
        <strong>Copy this link now and send it to whom it is for:</strong> it is shown this once,
        works once, and for seven days.
      </p>
      <label className="form-cell">
        <span className="sr-only">The link</span>
        <input readOnly value={link} className="font-mono" />
      </label>
    </div>
  );
}
