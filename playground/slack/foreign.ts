import { visitObjects } from "./blocks/walk.ts";
import type { Json, JsonObject } from "./json.ts";
import { type Token, tokensOf } from "./mrkdwn.ts";
import type { Workspace } from "./workspace.ts";

/** Members that hold no text for people to read. */
const NOT_READ = new Set([
  "value",
  "action_id",
  "block_id",
  "callback_id",
  "external_id",
  "private_metadata",
  "url",
  "image_url",
  "initial_value",
  "user_id",
  "channel_id",
]);

const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
/** Joins two emoji into one, and is harmless there. */
const EMOJI_JOINER =
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})/gu;

/** Keeps words in their order after a text from right to left; alone at the start of an element. */
const ORDER_MARK = /(?<=^|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{1efff}].*)\u200e/gsu;

const quoted = (text: string): string =>
  JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);

/** What a person may not see in what the bot says: hidden and misleading characters. */
export function hiddenCharacters(text: string, at: string): string[] {
  const found = INVISIBLE.exec(text.replace(EMOJI_JOINER, "").replace(ORDER_MARK, ""));
  if (found === null) return [];
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return [`character U+${code} in a text at ${at}: ${quoted(text)}`];
}

/**
 * Looks for texts of somebody else that came alive in what the bot says: broadcasts, groups
 * in texts, links, and mentions of what does not exist. The bot itself has no reason to write any of these,
 * so one that is found came in unescaped from outside.
 */
export class ForeignText {
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** The complaints about a top-level `text`, which is mrkdwn. */
  inText(text: string, at: string): string[] {
    return [
      ...hiddenCharacters(text, at),
      ...tokensOf(text).flatMap((token) => this.#aboutToken(token, `${at}: ${quoted(text)}`)),
    ];
  }

  /** The complaints about blocks, or about a whole view. */
  inBlocks(value: Json, at: string): string[] {
    const complaints: string[] = [];
    visitObjects(
      value,
      (object, below) => {
        complaints.push(...this.#aboutObject(object, below));
      },
      at,
    );
    return complaints;
  }

  #aboutObject(object: JsonObject, at: string): string[] {
    const hidden = Object.entries(object).flatMap(([key, member]) =>
      typeof member === "string" && !NOT_READ.has(key)
        ? hiddenCharacters(member, `${at}/${key}`)
        : [],
    );
    if (object.type === "mrkdwn" && typeof object.text === "string") {
      const text = object.text;
      const where = `${at}/text: ${quoted(text)}`;
      return [...hidden, ...tokensOf(text).flatMap((token) => this.#aboutToken(token, where))];
    }
    return [...hidden, ...this.#aboutLeaf(object, at)];
  }

  #aboutLeaf({ type, ...leaf }: JsonObject, at: string): string[] {
    if (type === "broadcast") return [`live broadcast element at ${at}`];
    // A policy names groups of approvers; as text a group has no business in what the bot says.
    if (type === "usergroup" && !this.#hasGroup(leaf.usergroup_id)) {
      return [`live mention of no group (${leaf.usergroup_id}) at ${at}`];
    }
    if (type === "link" && !this.#isOurs(String(leaf.url))) {
      return [`live link element to ${leaf.url} at ${at}`];
    }
    if (type === "user" && typeof leaf.user_id === "string" && !this.#hasPerson(leaf.user_id)) {
      return [`live mention of nobody (${leaf.user_id}) at ${at}`];
    }
    if (
      type === "channel" &&
      typeof leaf.channel_id === "string" &&
      this.#workspace.channel(leaf.channel_id) === undefined
    ) {
      return [`live mention of no channel (${leaf.channel_id}) at ${at}`];
    }
    return [];
  }

  #aboutToken(token: Token, where: string): string[] {
    switch (token.kind) {
      case "broadcast":
        return [`live <!${token.range}> in ${where}`];
      case "usergroup":
        return [`live <!subteam^${token.id}> in ${where}`];
      case "link":
        return this.#isOurs(token.url) ? [] : [`live link to ${token.url} in ${where}`];
      case "date":
        return token.link === undefined || this.#isOurs(token.link)
          ? []
          : [`live link to ${token.link} in ${where}`];
      case "user":
        return this.#hasPerson(token.id)
          ? []
          : [`live mention of nobody (${token.id}) in ${where}`];
      case "channel":
        return this.#workspace.channel(token.id) === undefined
          ? [`live mention of no channel (${token.id}) in ${where}`]
          : [];
      case "unknown":
        return [`unescaped <${token.source}> in ${where}`];
    }
  }

  #hasGroup(id: unknown): boolean {
    return this.#workspace.userGroups.some((group) => group.id === id);
  }

  #hasPerson(id: string): boolean {
    return id === this.#workspace.bot.userId || this.#workspace.member(id) !== undefined;
  }

  /** A link to a message of this very workspace, as chat.getPermalink gives them. */
  #isOurs(url: string): boolean {
    return url.startsWith(`https://${this.#workspace.team.domain}.slack.com/`);
  }
}
