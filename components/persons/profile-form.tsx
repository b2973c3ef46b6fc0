import { Button } from "@/components/ui/button";
import { listZones } from "@/lib/persons/rules";
import type { Profile } from "@/lib/persons/schema";

const INPUT = "rounded-box border border-edge bg-surface px-3 py-2";

export function ProfileForm({ profile }: { profile: Profile }) {
  return (
    <form method="post" action="/account/profile" className="grid max-w-text gap-4">
      <label className="grid gap-1">
        <span className="engraved">Name</span>
        <input
          name="name"
          defaultValue={profile.name}
          maxLength={80}
          autoComplete="name"
          className={INPUT}
        />
        <span className="text-small text-soft">
          As the others at an event see you. Without one they see {profile.email ?? "nothing"}.
        </span>
      </label>
      <label className="grid gap-1">
        <span className="engraved">Time zone</span>
        <select name="zone" defaultValue={profile.zone ?? ""} className={INPUT}>
          <option value="">As my browser</option>
          {listZones(profile.zone).map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </label>
      <div>
        <Button type="submit">Save</Button>
      </div>
    </form>
  );
}
