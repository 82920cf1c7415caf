import { asObject, asString } from "../../../slack/json.ts";
import type { Reader } from "../../../slack/render/reader.ts";
import { mrkdwn } from "./mrkdwn.ts";

/** A text object. */
export const drawText = (value: unknown, reader: Reader): (Node | string)[] => {
  const { type, text } = asObject(value);
  return type === "mrkdwn" ? mrkdwn(asString(text), reader) : [asString(text)];
};

/** A text object as bare words. */
export const wordsOf = (value: unknown): string => asString(asObject(value).text);
