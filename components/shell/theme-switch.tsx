/** As the cookie `theme` and `<html data-theme>` spell it; `system` follows the browser. */
const THEMES = ["light", "system", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Whatever the cookie or a form says: what is none of them is `system`. */
export const readTheme = (value: unknown): Theme =>
  THEMES.find((theme) => theme === value) ?? "system";

const CHOICES = [
  {
    theme: "light",
    label: "Light",
    path: "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8ZM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
  },
  { theme: "system", label: "As the system", path: "M3 5H21V16H3ZM8 20H16M12 16V20" },
  { theme: "dark", label: "Dark", path: "M19.5 14.5A8 8 0 0 1 9.5 4.5A8 8 0 1 0 19.5 14.5Z" },
] as const satisfies readonly { theme: Theme; label: string; path: string }[];

/** A form, so that it works without scripts; the cookie is read by the layout, so that nothing flashes. */
export function ThemeSwitch({ theme }: { theme: Theme }) {
  return (
    <form method="post" action="/theme">
      <fieldset className="theme-switch">
        <legend className="sr-only">Colour theme</legend>
        {CHOICES.map((choice) => (
          <button
            key={choice.theme}
            type="submit"
            name="theme"
            value={choice.theme}
            aria-pressed={choice.theme === theme}
            title={choice.label}
          >
            <svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" focusable="false">
              <path d={choice.path} />
            </svg>
            <span className="sr-only">{choice.label}</span>
          </button>
        ))}
      </fieldset>
    </form>
  );
}
