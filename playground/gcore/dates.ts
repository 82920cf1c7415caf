// The real API spells dates in six ways, one per corner of it. Two have no zone and mean UTC.

const seconds = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

// The servers count in microseconds; the three digits that we do not have are made up.
const micros = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23)}473`;

/** Snapshots and volumes: `2026-05-30T05:34:14+0000`, or with a `Z`. */
export const cloudDate = (ms: number, zone: "+0000" | "Z"): string => seconds(ms) + zone;

/** Role assignments: `2026-05-30T21:39:41Z`. */
export const assignmentDate = (ms: number): string => `${seconds(ms)}Z`;

/** The audit log: `2019-11-14T10:30:32+00:00`. */
export const actionDate = (ms: number): string => `${seconds(ms)}+00:00`;

/** Tasks and regions: `2026-05-23T05:07:31`. */
export const nakedDate = (ms: number): string => seconds(ms);

/** Projects: `2026-05-31T06:43:54.717473`. */
export const nakedMicros = (ms: number): string => micros(ms);

/** API tokens: `2021-01-01T12:00:00.000000Z`. */
export const tokenDate = (ms: number): string => `${micros(ms)}Z`;
