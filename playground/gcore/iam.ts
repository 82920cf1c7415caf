import { type Call, numberParam, type Reply } from "./call.ts";
import { tokenDate } from "./dates.ts";
import { forbidden, Refusal } from "./errors.ts";
import { isExpired } from "./keys.ts";
import type { IamGroup, Key } from "./model.ts";
import { flag, wholeNumber } from "./paging.ts";
import type { World } from "./world.ts";

const groupIds: Readonly<Record<IamGroup, number>> = { Administrators: 1, Users: 2, Engineers: 5 };

const groupOf = (key: Key): object => ({ id: groupIds[key.group], name: key.group });

const isAdmin = (key: Key): boolean => key.group === "Administrators";

const userView = (key: Key): object => ({
  id: key.user_id,
  email: key.user_email,
  name: key.user_name,
  lang: "en",
  phone: null,
  company: null,
  reseller: 1,
  client: key.client_id,
  deleted: false,
  groups: [groupOf(key)],
  activated: true,
  sso_auth: false,
  two_fa: true,
  auth_types: ["password"],
  user_type: "common",
  is_active: true,
});

// One key of each user: what is said of a user is the same on all of them.
const usersOf = (world: World, client: number): Key[] => {
  const users = new Map<number, Key>();
  for (const key of world.keys.values()) {
    if (key.client_id === client && !users.has(key.user_id)) users.set(key.user_id, key);
  }
  return [...users.values()];
};

/** GET clients/me: the account and the user behind the key. */
export function getMe(call: Call): Reply {
  const { key, world } = call;
  const service = { status: "active", enabled: true };
  return {
    body: {
      id: key.client_id,
      email: "account@example.com",
      phone: null,
      name: "Example Ltd",
      status: "active",
      companyName: "Example Ltd",
      website: null,
      deleted: false,
      is_test: false,
      has_active_admin: true,
      currentUser: key.user_id,
      users: usersOf(world, key.client_id).map(userView),
      capabilities: ["CLOUD", "STORAGE"],
      serviceStatuses: { CLOUD: service, STORAGE: service },
      paidFeatures: {},
      freeFeatures: {},
      entryBaseDomain: null,
      signup_process: "sign_up_full",
      bill_type: "postpaid",
      custom_id: null,
      country_code: "LU",
    },
  };
}

/** GET users/{id}: oneself, or for an administrator anybody of the account. */
export function getUser(call: Call): Reply {
  const id = numberParam(call, "user_id");
  const user = usersOf(call.world, call.key.client_id).find((key) => key.user_id === id);
  if (user === undefined || (user.user_id !== call.key.user_id && !isAdmin(call.key))) {
    throw new Refusal(404, "NotFoundError", "User not found.");
  }
  return { body: userView(user) };
}

const tokenView = (world: World, key: Key): object => ({
  id: key.id,
  name: key.name,
  description: key.description,
  exp_date: key.exp_date === null ? null : tokenDate(key.exp_date),
  expired: isExpired(world, key),
  deleted: key.deleted,
  created: tokenDate(key.created),
  last_usage: tokenDate(key.last_usage),
  client_user: {
    user_id: key.user_id,
    user_name: key.user_name,
    user_email: key.user_email,
    client_id: key.client_id,
    deleted: false,
    role: groupOf(key),
  },
});

// Administrators read all tokens of the account, others their own at most.
const tokensFor = (call: Call): Key[] => {
  const { key, world } = call;
  if (numberParam(call, "client_id") !== key.client_id) throw forbidden();
  if (!isAdmin(key) && world.knobs.tokenRecord === 403) throw forbidden();
  return [...world.keys.values()].filter(
    (one) => one.client_id === key.client_id && (isAdmin(key) || one.user_id === key.user_id),
  );
};

/** GET one API token's record. */
export function getToken(call: Call): Reply {
  const id = numberParam(call, "token_id");
  const token = tokensFor(call).find((key) => key.id === id);
  if (token === undefined) throw new Refusal(404, "NotFoundError", "API token not found.");
  return { body: tokenView(call.world, token) };
}

/** GET the API tokens, as a bare array without a count. */
export function listTokens(call: Call): Reply {
  const role = call.request.query.get("role");
  const by = wholeNumber(call, "issued_by");
  const notBy = wholeNumber(call, "not_issued_by");
  const deleted = flag(call, "deleted");
  const found = tokensFor(call)
    .filter((key) => role === null || key.group === role)
    .filter((key) => by === undefined || key.user_id === by)
    .filter((key) => notBy === undefined || key.user_id !== notBy)
    .filter((key) => deleted === undefined || key.deleted === deleted);
  return { body: found.map((key) => tokenView(call.world, key)) };
}
