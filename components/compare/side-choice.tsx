import { Select } from "@/components/ui/select";
import type { DiffPage } from "@/lib/diffs/schema";

type Props = Pick<DiffPage, "days" | "editions"> & {
  name: "from" | "to";
  label: string;
  value: string;
};

const isOffered = (value: string, { days, editions }: Pick<DiffPage, "days" | "editions">) =>
  ["0", "now", ...days, ...editions.map(({ slug }) => `edition:${slug}`)].includes(value);

/** What a side is called that is not chosen. */
const UNCHOSEN = { from: "the last day with changes", to: "now" };

/** What stands on one side: the start of a day with changes, now, or another edition. */
export const SideChoice = ({ name, label, value, days, editions }: Props) => (
  <Select
    name={name}
    label={label}
    value={value === UNCHOSEN[name] ? undefined : value}
    all={UNCHOSEN[name]}
  >
    <option value="0">the beginning</option>
    {days.map((day) => (
      <option key={day} value={day}>
        the start of {day}
      </option>
    ))}
    {name === "from" && <option value="now">now</option>}
    {editions.map(({ slug, label: title }) => (
      <option key={slug} value={`edition:${slug}`}>
        {title}, as it is
      </option>
    ))}
    {!isOffered(value, { days, editions }) && <option value={value}>{value}</option>}
  </Select>
);
