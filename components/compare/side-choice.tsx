import { Select } from "@/components/ui/select";
import { BASELINE_SIDE, type DiffPage } from "@/lib/diffs/schema";

type Offered = Pick<DiffPage, "days" | "editions" | "builds" | "baseline">;
type Props = Offered & {
  name: "from" | "to";
  label: string;
  value: string;
};

const isOffered = (value: string, { days, editions, builds, baseline }: Offered) =>
  [
    ...(baseline === null ? [] : [BASELINE_SIDE]),
    "0",
    "now",
    ...days,
    ...editions.map(({ slug }) => `edition:${slug}`),
    ...builds.flatMap((entry) => entry.builds.map(({ side }) => side)),
  ].includes(value);

/** What a side is called that is not chosen. */
const UNCHOSEN = { from: "the last day with changes", to: "now" };

/** What stands on one side: the start of a day with changes, now, another edition, a build; before also what is expected. */
export const SideChoice = ({ name, label, value, ...offered }: Props) => (
  <Select
    name={name}
    label={label}
    value={value === UNCHOSEN[name] ? undefined : value}
    all={UNCHOSEN[name]}
  >
    <option value="0">the beginning</option>
    {offered.days.map((day) => (
      <option key={day} value={day}>
        the start of {day}
      </option>
    ))}
    {name === "from" && offered.baseline !== null && (
      <option value={BASELINE_SIDE}>the expected baseline</option>
    )}
    {name === "from" && <option value="now">now</option>}
    {offered.editions.map(({ slug, label: title }) => (
      <option key={slug} value={`edition:${slug}`}>
        {title}, as it is
      </option>
    ))}
    {offered.builds.map(({ entry, builds }) => (
      <optgroup key={builds[0]?.side ?? entry} label={`Two builds of ${entry}`}>
        {builds.map(({ side, label: title }) => (
          <option key={side} value={side}>
            {title}
          </option>
        ))}
      </optgroup>
    ))}
    {!isOffered(value, offered) && <option value={value}>{value}</option>}
  </Select>
);
