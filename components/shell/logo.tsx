/** A plug and the socket that it fits: two implementations, made by different people. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg viewBox="4 5 24 22" width={size} height={size} aria-hidden="true" focusable="false">
      <path
        className="fill-panel-ink"
        d="M7 6.5h3.5A1.5 1.5 0 0 1 12 8v.5h8.5a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1H12v5h8.5a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1H12v.5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 24V8A1.5 1.5 0 0 1 7 6.5Z"
      />
      <path
        className="fill-lamp"
        d="M24.5 6.5H25A1.5 1.5 0 0 1 26.5 8v16a1.5 1.5 0 0 1-1.5 1.5h-.5A1.5 1.5 0 0 1 23 24v-6h-8a1 1 0 0 1-1-1v-2a1 1 0 0 1 1-1h8V8a1.5 1.5 0 0 1 1.5-1.5Z"
      />
    </svg>
  );
}
