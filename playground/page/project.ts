import { conversationName } from "../slack/client/offers.ts";
import { asObject, asString, type JsonObject } from "../slack/json.ts";
import type { LocalSlack, Message } from "../slack/slack.ts";
import type { View } from "../slack/views.ts";
import type { Channel, Member } from "../slack/workspace.ts";
import { standing } from "./knobs.ts";
import { parts } from "./people.ts";
import type { Playground } from "./playground.ts";
import type { Shown } from "./shown.ts";
import type { PageChannel, PageMessage, PagePerson, PageState, PageView } from "./state.ts";
import { trafficCount } from "./traffic.ts";

/** A playground may run for days; this much of each channel is shown. */
const MOST_MESSAGES = 200;

const message = (slack: LocalSlack, me: Member, given: Message): PageMessage => {
  const { ts, user, text, blocks, edited, ephemeral, threadTs = null, isBroadcast } = given;
  return {
    ...{ ts, user, text, blocks, edited, ephemeral, threadTs },
    isBroadcast: isBroadcast === true,
    values: slack.valuesIn(given, me.id),
    files: (given.files ?? []).map(({ id, name, size }) => ({ id, name, size })),
  };
};

const textIn = (value: unknown): string => asString(asObject(value).text);

/** The words around the blocks of a view. */
export const frameWords = (content: JsonObject): Pick<PageView, "title" | "submit" | "close"> => ({
  title: textIn(content.title),
  submit: textIn(content.submit) || null,
  close: textIn(content.close) || (textIn(content.submit) ? "Cancel" : "Close"),
});

const view = ({ id, content, blocks, values, errors }: View): PageView => ({
  ...{ id, blocks, values, errors },
  ...frameWords(content),
});

const channel = ({ slack, marks }: Playground, me: Member, given: Channel): PageChannel => {
  const { id, kind, isArchived, isShared, members } = given;
  const other = [...members].find((one) => one !== me.id) ?? me.id;
  return {
    ...{ id, kind, isArchived, isShared },
    name: conversationName(slack.workspace, given, me.id),
    withBot: kind === "im" && other === slack.workspace.bot.userId,
    unread: marks.unread(me.id, given),
    messages: slack
      .messages(id, { as: me.id })
      .slice(-MOST_MESSAGES)
      .map((one) => message(slack, me, one)),
  };
};

const person = ({ marks }: Playground, member: Member): PagePerson => ({
  id: member.id,
  name: member.name,
  realName: member.realName,
  timeZone: member.timeZone,
  part: parts[member.id] ?? "",
  unread: marks.unreadAnywhere(member.id),
});

/** What the page shows while it looks through the eyes of `me`. */
export function pageState({ playground, tour }: Shown, me: Member): PageState {
  const { slack, gcore, keys, commands } = playground;
  const { workspace } = slack;
  const { hasHomeTab, hasMessagesTab, isReadOnly, shortcuts = [] } = slack.features;
  const home = slack.home(me.id);
  return {
    me: person(playground, me),
    people: workspace.people().map((one) => person(playground, one)),
    channels: workspace
      .channels()
      .filter((one) => one.members.has(me.id))
      .map((one) => channel(playground, me, one)),
    names: {
      people: Object.fromEntries([
        [workspace.bot.userId, workspace.bot.name],
        ...workspace.people().map((one) => [one.id, one.realName]),
      ]),
      groups: Object.fromEntries(workspace.userGroups.map(({ id, handle }) => [id, handle])),
      channels: Object.fromEntries(
        workspace.channels().map((one) => [one.id, conversationName(workspace, one, me.id)]),
      ),
    },
    botUser: workspace.bot.userId,
    views: slack.stack(me.id).map(view),
    home: home === undefined ? null : view(home),
    app: {
      ...{ hasHomeTab, hasMessagesTab, isReadOnly },
      shortcuts: me.isStranger ? [] : shortcuts,
    },
    keys: keys.get(me.id) ?? [],
    commands,
    firstCommand: `/snapshot ${gcore.ids.plain} --project 1186668 --region 148`,
    standing: standing(playground),
    traffic: trafficCount(playground),
    database: playground.database.version(),
    clockAhead: playground.clockAhead,
    tour,
    revision: playground.revision,
  };
}
