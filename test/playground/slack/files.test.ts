import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { WebClient } from "@slack/web-api";
import { type LocalSlack, startSlack } from "../../../playground/slack/slack.ts";
import { silent } from "./bolt.ts";

let slack: LocalSlack;
let client: WebClient;
beforeEach(async () => {
  slack = await startSlack();
  client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: silent,
    retryConfig: { retries: 0 },
  });
});
afterEach(async () => {
  await slack.stop();
  expect(slack.violations()).toEqual([]);
});

const TEXT = "id,name\r\n1,é😀\r\n";
const LENGTH = Buffer.byteLength(TEXT);

const announce = async (filename = "a.csv", length = LENGTH) => {
  const { upload_url, file_id } = await client.files.getUploadURLExternal({ filename, length });
  return { url: upload_url ?? "", id: file_id ?? "" };
};
const upload = async (url: string, body = TEXT) =>
  (await fetch(url, { method: "POST", body })).status;
const refusal = (error: string) => ({ data: { ok: false, error } });
const complete = (id: string, more: object) =>
  client.files.completeUploadExternal({ files: [{ id }], ...more });

describe("a file", () => {
  test("is announced, uploaded and shared, and everybody there can open it", async () => {
    const { channel = "" } = await client.chat.postMessage({
      channel: slack.person("ada").id,
      text: "Here",
    });
    const { url, id } = await announce();
    expect(await upload(url)).toBe(200);
    expect(slack.file(id)).toBeUndefined();
    await complete(id, { channel_id: channel });
    expect(slack.file(id)).toMatchObject({ name: "a.csv", size: LENGTH, text: TEXT });
    expect(slack.person("ada").sees(channel).join("\n")).toContain(
      `[file: a.csv, ${LENGTH} bytes]`,
    );
    expect(slack.person("ben").sees(channel)).toEqual([]);
  });

  test("goes the same way through the library's own method", async () => {
    await client.filesUploadV2({
      channel_id: slack.channel("#ops").id,
      filename: "b.csv",
      content: TEXT,
    });
    expect(slack.messages("#ops").at(-1)?.files).toMatchObject([{ name: "b.csv", text: TEXT }]);
  });

  test("needs the scope for it", async () => {
    slack.setScopes(["chat:write"]);
    await expect(announce()).rejects.toMatchObject(refusal("missing_scope"));
    await expect(complete("F1", {})).rejects.toMatchObject(refusal("missing_scope"));
  });

  test.each([
    ["without a name", { length: 1 }],
    ["without a length", { filename: "a" }],
    ["of no bytes", { filename: "a", length: 0 }],
    ["of half a byte", { filename: "a", length: 1.5 }],
  ])("%s is refused", async (_what, given) => {
    await expect(client.apiCall("files.getUploadURLExternal", given)).rejects.toMatchObject(
      refusal("invalid_arguments"),
    );
  });

  test("of another length than announced, or for an address that there is not, is not taken", async () => {
    const { url, id } = await announce("a.csv", LENGTH + 1);
    expect(await upload(url)).toBe(400);
    expect(await upload(`${slack.url}/upload/v1/nothing`)).toBe(404);
    expect(slack.forgive(/upload/)).toEqual(["upload: wrong length", "upload: no such address"]);
    await expect(complete(id, { channel_id: slack.channel("#ops").id })).rejects.toMatchObject(
      refusal("file_not_found"),
    );
  });

  test("is taken once and shared once", async () => {
    const { url, id } = await announce();
    await upload(url);
    expect(await upload(url)).toBe(400);
    expect(slack.forgive(/upload/)).toEqual(["upload: taken already"]);
    const where = { channel_id: slack.channel("#ops").id };
    await complete(id, where);
    await expect(complete(id, where)).rejects.toMatchObject(refusal("file_not_found"));
  });

  test.each([
    ["nobody knows", "C0NOWHERE01", "channel_not_found"],
    ["is a person and no conversation", "ada", "channel_not_found"],
    ["the bot is not in", "#private", "channel_not_found"],
  ])("is not shared where %s", async (_what, where, error) => {
    const { url, id } = await announce();
    await upload(url);
    const channel = where === "ada" ? slack.person("ada").id : where;
    await expect(complete(id, { channel_id: channel })).rejects.toMatchObject(refusal(error));
  });

  test.each([[undefined], [[]], ["x"], [["F1"]]])("%j are no files", async (files) => {
    await expect(client.apiCall("files.completeUploadExternal", { files })).rejects.toMatchObject(
      refusal("invalid_arguments"),
    );
  });
});
