import type { Engine } from "./sql.ts";

const SOME = "id IN (SELECT id FROM request WHERE requester_user IS NULL LIMIT 2000)";

/**
 * Fills the columns by which requests are looked for from their bodies, some at a time. Part of a
 * step that has run: never changed. Postgres takes a body apart without reading the texts in it,
 * which may hold what Postgres' own texts cannot.
 */
export const FILL_IN: Readonly<Record<Engine, string>> = {
  sqlite: `UPDATE request SET
      project_id = json_extract(body, '$.ref.projectId'),
      requester_user = json_extract(body, '$.requester.userId'),
      requester_team = json_extract(body, '$.requester.teamId'),
      requester_enterprise = json_extract(body, '$.requester.enterpriseId'),
      ended_at = json_extract(body, '$.endedAt')
    WHERE ${SOME}`,
  postgres: `UPDATE request SET
      project_id = (body::json -> 'ref' -> 'projectId')::text::bigint,
      requester_user = body::json -> 'requester' ->> 'userId',
      requester_team = body::json -> 'requester' ->> 'teamId',
      requester_enterprise = body::json -> 'requester' ->> 'enterpriseId',
      ended_at = (body::json -> 'endedAt')::text::bigint
    WHERE ${SOME}`,
};
