import { createHash } from "node:crypto";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A UUID of version 4 that is always the same for the same text. */
export function uuid(text: string): string {
  const hex = hash(`uuid ${text}`);
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join("-");
}

/** The secret half of an API key, always the same for the same text. */
export const secret = (text: string): string => hash(`secret ${text}`);

/** The number of a request, as the API hands it out with every error. */
export function requestId(count: number, form: "hex" | "dashed"): string {
  return form === "dashed" ? uuid(`request ${count}`) : hash(`request ${count}`).slice(0, 32);
}
