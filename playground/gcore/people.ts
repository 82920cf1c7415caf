import type { Call, Reply } from "./call.ts";
import { actionDate, assignmentDate } from "./dates.ts";
import { forbidden } from "./errors.ts";
import { sees } from "./keys.ts";
import type { Key, UserAction } from "./model.ts";
import { choice, moment, page, wholeNumber } from "./paging.ts";

const isAdmin = (key: Key): boolean => key.role === "ClientAdministrator";

interface Assignment {
  readonly key: Key;
  readonly project: number | null;
}

const assignmentView = (assignment: Assignment, index: number): object => ({
  id: index + 1,
  user_id: assignment.key.user_id,
  role: assignment.key.role,
  client_id: assignment.key.client_id,
  project_id: assignment.project,
  assigned_by: null,
  created_at: assignmentDate(assignment.key.created),
  updated_at: null,
});

/** GET the cloud roles: all of the account's for its administrator, one's own for others. */
export function listAssignments(call: Call): Reply {
  const { key, world } = call;
  if (!isAdmin(key) && world.knobs.assignments === 403) throw forbidden();
  const user = wholeNumber(call, "user_id");
  const project = wholeNumber(call, "project_id");
  const all = new Map<string, Assignment>();
  for (const one of world.keys.values()) {
    if (one.client_id !== key.client_id) continue;
    for (const id of one.projects ?? [null]) {
      const name = `${one.user_id} ${id} ${one.role}`;
      if (!all.has(name)) all.set(name, { key: one, project: id });
    }
  }
  const views = [...all.values()].map((one, index) => ({ one, view: assignmentView(one, index) }));
  const found = views
    .filter(({ one }) => isAdmin(key) || one.key.user_id === key.user_id)
    .filter(({ one }) => user === undefined || one.key.user_id === user)
    .filter(({ one }) => project === undefined || one.project === project);
  return page(call, found, ({ view }) => view, 1000);
}

const actionView = (action: UserAction): object => ({
  id: action.id,
  timestamp: actionDate(action.timestamp),
  client_id: action.key.client_id,
  user_id: action.key.user_id,
  email: action.key.user_email,
  project_id: action.project_id,
  region_id: action.region_id,
  api_group: "snapshot",
  action_type: action.action_type,
  action_data: action.action_data,
  task_id: action.task_id,
  user_agent: action.user_agent,
  source_user_ip: "127.0.0.1",
  acknowledged: false,
  is_complete: true,
  total_price: null,
  token_id: action.key.id,
  issued_by_user_id: action.key.user_id,
  resources: [
    {
      resource_id: action.resource_id,
      resource_type: "snapshot",
      resource_body: null,
      search_field: action.search_field,
    },
  ],
});

/** GET the audit log of the projects that the key sees. */
export function listActions(call: Call): Reply {
  const { query } = call.request;
  const among = (name: string, value: string | number | null): boolean =>
    !query.has(name) || query.getAll(name).includes(String(value));
  const order =
    choice(call, "order_by", ["asc", "desc"]) ?? choice(call, "sorting", ["asc", "desc"]);
  const from = moment(call, "from_timestamp") ?? Number.NEGATIVE_INFINITY;
  const to = moment(call, "to_timestamp") ?? Number.POSITIVE_INFINITY;
  const found = call.world.actions
    .filter((action) => sees(call.world, call.key, action.project_id))
    .filter((action) => among("project_id", action.project_id))
    .filter((action) => among("region_id", action.region_id))
    .filter((action) => among("resource_id", action.resource_id))
    .filter((action) => among("action_type", action.action_type))
    .filter(() => among("api_group", "snapshot"))
    .filter((action) => among("user_agents", action.user_agent))
    .filter(() => among("source_user_ips", "127.0.0.1"))
    .filter((action) => among("search_field", action.search_field))
    .filter((action) => action.timestamp >= from && action.timestamp <= to);
  return page(call, order === "asc" ? found : found.reverse(), actionView, 1000);
}
