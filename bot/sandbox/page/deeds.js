// What people did here, told to whoever follows it: the tour.

const followers = [];

/** Calls `follower` with each deed: `{kind: "write" | "edit" | "act" | "submit" | "start again", …}`. */
export const onDeed = (follower) => followers.push(follower);

/** Tells what the acting person just did, once the sandbox took it. */
export function did(deed) {
  for (const follower of followers) follower(deed);
}
