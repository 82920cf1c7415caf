import type { Engine } from "./sql.ts";

/** The body for Postgres, without what its texts cannot hold: U+0000 and halves of characters. */
const BODY = String.raw`regexp_replace(body, '\\u(0000|d[89a-f][0-9a-f]{2})', '\\u0020', 'gi')::json`;
const SOME = "id IN (SELECT id FROM request WHERE requester_user IS NULL LIMIT 2000)";

/**
 * Fills the columns by which requests are looked for from their bodies, some at a time. Part of a
 * step that has run: never changed.
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
      project_id = (${BODY} #>> '{ref,projectId}')::bigint,
      requester_user = ${BODY} #>> '{requester,userId}',
      requester_team = ${BODY} #>> '{requester,teamId}',
      requester_enterprise = ${BODY} #>> '{requester,enterpriseId}',
      ended_at = (${BODY} ->> 'endedAt')::bigint
    WHERE ${SOME}`,
};
