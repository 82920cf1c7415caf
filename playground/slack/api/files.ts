import { asString, isObject, type JsonObject } from "../json.ts";
import { mayPost, visibleChannel } from "./channels.ts";
import { ApiError, botMethod, type Call, invalidArguments, type Methods } from "./method.ts";

const announce = ({ core, args }: Call): JsonObject => {
  const length = Number(args.all.length);
  if (!Number.isInteger(length) || length < 1) {
    throw invalidArguments("must provide a positive integer [json-pointer:/length]");
  }
  const { id, url } = core.files.announce(args.required("filename"), length);
  return { upload_url: url, file_id: id };
};

/** All of the files, or none: who they are, whether their bytes came, and where they go. */
const complete = (call: Call): JsonObject => {
  const { core, args } = call;
  const given = args.json("files");
  if (!Array.isArray(given) || given.length === 0 || !given.every(isObject)) {
    throw invalidArguments("must provide a list of files [json-pointer:/files]");
  }
  const files = given.map((one) => {
    const file = core.files.waiting(asString(one.id));
    if (file === undefined) throw new ApiError("file_not_found");
    return { ...file, title: asString(one.title) || file.name };
  });
  if (args.has("channel_id")) {
    const channel = mayPost(call, visibleChannel(call, args.required("channel_id")));
    core.messages.post({
      channel: channel.id,
      user: core.workspace.bot.userId,
      text: args.text("initial_comment") ?? "",
      blocks: [],
      files: files.map((file) => core.files.share(file)),
    });
  }
  return { files: files.map(({ id, title }) => ({ id, title })) };
};

/** Files are announced, uploaded to an address of their own, and then shared. */
export const fileMethods: Methods = {
  "files.getUploadURLExternal": botMethod(["files:write"], ["filename", "length"], announce),
  "files.completeUploadExternal": botMethod(["files:write"], ["files"], complete),
};
