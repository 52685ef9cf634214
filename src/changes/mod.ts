/** What changed, in order, to every machine: the changes table is the truth, NOTIFY only wakes. */
export {
  type ChangeEvent,
  type ChangeFollower,
  type FollowDeps,
  type FollowOptions,
  followChanges,
} from "./follow.ts";
export { deleteChangesBefore } from "./queries.ts";
