import { asObject, asString, type Json, type JsonObject, objectsOf } from "../json.ts";
import {
  boolean,
  type Check,
  type Complaint,
  list,
  oneOf,
  type Report,
  type Surface,
  shape,
  string,
} from "./check.ts";
import { plainText } from "./composition.ts";
import { anyBlock } from "./kinds.ts";
import { placedIn } from "./walk.ts";

const VIEW_BYTES = 250_000;

/** What is wrong with the blocks of a message; nothing, if Slack would take them. */
export function complaintsAboutMessage(blocks: Json): Complaint[] {
  const report: Report = { surface: "message", complaints: [] };
  list(anyBlock, 50, 0)(blocks, "/blocks", report);
  rulesAcross(objectsOf(blocks), "/blocks", report);
  return report.complaints;
}

/** The error that is not about one place: too much markdown, or more tables than one. */
export function messageError(blocks: readonly JsonObject[]): string | undefined {
  const markdown = blocks.filter((block) => block.type === "markdown");
  const letters = markdown.reduce((sum, block) => sum + asString(block.text).length, 0);
  if (letters > 12_000) return "msg_blocks_too_long";
  return blocks.filter((block) => block.type === "table").length > 1
    ? "only_one_table_allowed"
    : undefined;
}

const shared = {
  type: oneOf("modal", "home"),
  blocks: list(anyBlock, 100, 0),
};
const sharedOptional = {
  private_metadata: string(3000, 0),
  callback_id: string(255, 0),
  external_id: string(255, 0),
};

const modal = shape(
  { ...shared, title: plainText(24) },
  {
    ...sharedOptional,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: boolean,
    notify_on_close: boolean,
  },
);

const home = shape(shared, sharedOptional);

/** What is wrong with a modal or a home tab; nothing, if Slack would take it. */
export function complaintsAboutView(view: Json, surface: Exclude<Surface, "message">): Complaint[] {
  const report: Report = { surface, complaints: [] };
  const check: Check = surface === "modal" ? modal : home;
  const { type, submit, blocks } = asObject(view);
  if (type !== undefined && type !== surface) oneOf(surface)(type, "/view/type", report);
  check(view, "/view", report);
  for (const [index, block] of objectsOf(blocks).entries()) {
    if (block.type !== "input" || surface !== "modal" || submit !== undefined) continue;
    const message = "must define `submit` to use an `input` block in modals";
    report.complaints.push({ message, at: `/view/blocks/${index}/input` });
  }
  rulesAcross(objectsOf(blocks), "/view/blocks", report);
  return report.complaints;
}

/** Whether the view is more than Slack takes. */
export const isTooLarge = (view: Json): boolean =>
  Buffer.byteLength(JSON.stringify(view)) > VIEW_BYTES;

/** The rules about several blocks at once. */
function rulesAcross(blocks: readonly JsonObject[], at: string, report: Report): void {
  const blockIds = new Set<string>();
  for (const [index, { block_id: id }] of blocks.entries()) {
    if (typeof id !== "string") continue;
    if (blockIds.has(id)) {
      const message = `\`block_id\` "${id}" already exists`;
      report.complaints.push({ message, at: `${at}/${index}/block_id` });
    }
    blockIds.add(id);
  }
  const placed = placedIn(blocks, at);
  const actionIds = new Map<JsonObject, Set<string>>();
  for (const { block, element, at: here } of placed) {
    const known = actionIds.get(block) ?? new Set();
    actionIds.set(block, known);
    if (typeof element.action_id !== "string") continue;
    if (known.has(element.action_id)) {
      const message = `\`action_id\` "${element.action_id}" already exists`;
      report.complaints.push({ message, at: `${here}/action_id` });
    }
    known.add(element.action_id);
  }
  for (const { at: here } of placed.filter((one) => one.element.focus_on_load === true).slice(1)) {
    const message = "only one element can have `focus_on_load` set to true";
    report.complaints.push({ message, at: `${here}/focus_on_load` });
  }
  for (const { block, element, at: here } of placed) {
    if (element.type !== "file_input" || block.dispatch_action !== true) continue;
    const message = "`dispatch_action` cannot be used with a `file_input`";
    report.complaints.push({ message, at: here });
  }
}

/** Complaints as they stand in an answer: `what [json-pointer:/where]`. */
export const worded = (complaints: readonly Complaint[]): string[] =>
  complaints.map(({ message, at }) => `${message} [json-pointer:${at}]`);
