/** One tag as the API answers it: asked for as an object, answered as a list of these. */
export interface Tag {
  key: string;
  value: string;
  read_only: boolean;
}

/** A stored snapshot. Dates are milliseconds since 1970; the API spells them on the way out. */
export interface Snapshot {
  id: string;
  name: string;
  description: string | null;
  status: string;
  /** In GiB. */
  size: number;
  volume_id: string;
  created_at: number;
  updated_at: number | null;
  tags: Tag[];
  /** History: the task that made it. */
  creator_task_id: string | null;
  /** The lock: the task that works on it now. */
  task_id: string | null;
  project_id: number;
  region_id: number;
}

export interface Volume {
  id: string;
  name: string;
  size: number;
  volume_type: string;
  bootable: boolean;
  tags: Tag[];
  created_at: number;
  project_id: number;
  region_id: number;
}

export interface Project {
  id: number;
  client_id: number;
  name: string;
  description: string | null;
  is_default: boolean;
  created_at: number;
  deleted_at: number | null;
}

export interface Region {
  id: number;
  display_name: string;
  country: string;
  zone: "AMERICAS" | "APAC" | "EMEA" | null;
  state: "ACTIVE" | "INACTIVE" | "MAINTENANCE";
  access_level: "core" | "edge";
  created_at: number;
}

/** What a finished task does to its snapshot, apart from giving the lock back. */
export type TaskEffect = "nothing" | "create" | "delete";

export interface Task {
  id: string;
  task_type: string;
  state: "NEW" | "RUNNING" | "FINISHED" | "ERROR";
  error: string | null;
  user_id: number;
  client_id: number;
  project_id: number;
  region_id: number;
  created_on: number;
  updated_on: number | null;
  finished_on: number | null;
  data: unknown;
  request_id: string;
  snapshot_id: string;
  effect: TaskEffect;
  /** The task is finished by this many further looks at it; null: only by hand. */
  polls: number | null;
}

/** The role that decides what may be done to snapshots. An Observer only looks. */
export type CloudRole =
  | "ClientAdministrator"
  | "ProjectAdministrator"
  | "User"
  | "InternalNetworkOnlyUser"
  | "Observer";

/** The group of an account's user, which is another vocabulary than the cloud role. */
export type IamGroup = "Administrators" | "Users" | "Engineers";

/** An API key, its issuer and what the two may do. */
export interface Key {
  id: number;
  /** `<id>_<secret>`, or `<id>$<secret>` as older keys were written. */
  text: string;
  secret: string;
  name: string;
  description: string;
  client_id: number;
  user_id: number;
  user_name: string;
  user_email: string;
  group: IamGroup;
  role: CloudRole;
  /** The projects that the issuer has a role in; null: every project of the account. */
  projects: number[] | null;
  exp_date: number | null;
  deleted: boolean;
  created: number;
  last_usage: number;
}

/** One line of the audit log. */
export interface UserAction {
  id: string;
  timestamp: number;
  key: Key;
  project_id: number;
  region_id: number;
  action_type: string;
  action_data: unknown;
  user_agent: string | null;
  resource_id: string;
  search_field: string;
  task_id: string | null;
}

export const tag = (key: string, value: string, read_only = false): Tag => ({
  key,
  value,
  read_only,
});
