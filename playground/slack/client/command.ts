import { isRefusal, readContent } from "../content.ts";
import { complain } from "../delivery/courier.ts";
import type { Delivery } from "../journal.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { Message } from "../messages.ts";
import { encodeEntities } from "../mrkdwn.ts";
import { commandPayload } from "../payloads.ts";
import type { Channel } from "../workspace.ts";
import {
  type Client,
  channelToTypeIn,
  errorOf,
  type Manner,
  mustBeOfTheTeam,
  tell,
} from "./client.ts";

/** What a person sees of a command right after it is sent. */
export interface CommandResult {
  readonly status: number | undefined;
  readonly ms: number | undefined;
  /** The message that came with the acknowledgement. */
  readonly reply?: Message;
  /** `operation_timeout` or `dispatch_failed`. */
  readonly error?: string;
}

/** Sends a slash command, such as `/snapshot help`. */
export async function runCommand(
  client: Client,
  where: string,
  line: string,
  manner: Manner,
): Promise<CommandResult> {
  const { core, member } = client;
  const [command = "", ...rest] = line.split(" ");
  if (!client.commands.includes(command)) throw new Error(`${command} is not a valid command`);
  mustBeOfTheTeam(client, "slash commands here");
  const channel = channelToTypeIn(client, where);
  const target = { kind: "commands", channel: channel.id, user: member.id } as const;
  const payload = commandPayload(core, member, channel, {
    command,
    text: typed(client, rest.join(" ").trim()),
    trigger: core.triggers.issue({ user: member.id, channel: channel.id }),
    responseUrl: core.responseUrls.issue(target, core.workspace.team.id),
  });
  const parcel = { kind: "slash_commands", label: command, payload } as const;
  const delivery = await tell(client, parcel, manner);
  const { status, ms } = delivery;
  const error = errorOf(delivery);
  if (error !== undefined) {
    client.errors.push(`${command} failed with the error "${error}"`);
    return { status, ms, error };
  }
  const reply = showReply(client, channel, delivery);
  return reply === undefined ? { status, ms } : { status, ms, reply };
}

/** What is typed, as it goes over the wire: encoded, and with ids for names if the app asked. */
const typed = ({ core: { workspace }, shouldEscape }: Client, text: string): string => {
  const encoded = encodeEntities(text);
  if (!shouldEscape) return encoded;
  return encoded
    .replace(/(?<!\S)@([\w.-]+)/g, (whole, name: string) => {
      const member = workspace.people().find((one) => one.name === name);
      return member === undefined ? whole : `<@${member.id}|${name}>`;
    })
    .replace(/(?<!\S)#([\w-]+)/g, (whole, name: string) => {
      const channel = workspace.channelNamed(name);
      return channel === undefined ? whole : `<#${channel.id}|${name}>`;
    });
};

const asMessage = (answer: Delivery["answer"]): JsonObject | undefined =>
  typeof answer === "string" ? { text: answer } : isObject(answer) ? answer : undefined;

/** Shows what came with the acknowledgement: to the person alone, unless it says otherwise. */
const showReply = (client: Client, channel: Channel, delivery: Delivery): Message | undefined => {
  const { core, member } = client;
  if (delivery.answer === undefined) return undefined;
  const given = asMessage(delivery.answer);
  const content = readContent(core, given ?? {}, `${delivery.label} reply`);
  const isEmpty = !isRefusal(content) && (content.text ?? "") === "" && !content.blocks?.length;
  if (given === undefined || isRefusal(content) || isEmpty) {
    complain(core, delivery, `a reply that is no message: ${JSON.stringify(delivery.answer)}`);
    client.errors.push(`${delivery.label} failed with the error "invalid_command_response"`);
    return undefined;
  }
  return core.messages.post({
    channel: channel.id,
    user: core.workspace.bot.userId,
    text: content.text ?? "",
    blocks: content.blocks ?? [],
    ...(given.response_type === "in_channel" ? {} : { visibleTo: member.id }),
  });
};
