import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { KnownBlock } from "@slack/types";
import { channels, people } from "../../../playground/slack/slack.ts";
import { httpScene, type Scene } from "./bolt.ts";
import { modal } from "./views.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await httpScene();
  scene.app.action(/./, async ({ ack }) => ack());
});
afterEach(() => scene.end());

const plain = (text: string) => ({ type: "plain_text" as const, text, emoji: true });
const option = (text: string) => ({ text: plain(text), value: text });

/** Posts the blocks in #ops, and says where one of their elements is. */
const posted = async (blocks: KnownBlock[]) => {
  const { ts } = await scene.app.client.chat.postMessage({
    ...{ channel: channels.ops, text: "Choose" },
    blocks,
  });
  return (block: string, action: string) => ({
    ...{ channel: channels.ops, ts: String(ts) },
    ...{ block, action },
  });
};

const payloads = () => scene.slack.journal.deliveries.map(({ payload }) => payload);

describe("what a person puts into a message", () => {
  const blocks: KnownBlock[] = [
    {
      type: "actions",
      block_id: "two",
      elements: [
        { type: "static_select", action_id: "size", options: [option("S"), option("L")] },
        { type: "datepicker", action_id: "day" },
        { type: "overflow", action_id: "more", options: [{ ...option("A"), url: "https://a.b" }] },
      ],
    },
  ];

  test("stays there, for them alone, and comes with whatever they do next", async () => {
    const at = await posted(blocks);
    const [ada, ben] = [scene.slack.person("ada").hand, scene.slack.person("ben").hand];
    expect(ada.put(at("two", "size"), option("L"))).toBe(true);
    await ada.report(at("two", "size"));
    ada.put(at("two", "day"), "2026-11-22");
    await ada.report(at("two", "day"));
    await ben.report(at("two", "day"));
    const size = { selected_option: option("L") };
    expect(payloads().map((one) => one.state)).toMatchObject([
      { values: { two: { size, day: { selected_date: null } } } },
      { values: { two: { size, day: { selected_date: "2026-11-22" } } } },
      { values: { two: { size: { selected_option: null }, day: { selected_date: null } } } },
    ]);
    expect(payloads()[1]).toMatchObject({
      actions: [{ type: "datepicker", action_id: "day", selected_date: "2026-11-22" }],
    });
  });

  test("must be on offer, and in a channel that they are in", async () => {
    const at = await posted(blocks);
    const { hand } = scene.slack.person("ada");
    expect(() => hand.put(at("two", "size"), option("XL"))).toThrow("does not offer that");
    expect(() => hand.put(at("two", "day"), "tomorrow")).toThrow("does not take");
    expect(() => hand.put(at("two", "gone"), "x")).toThrow("not there any more");
    const { hand: strangers } = scene.slack.person("olga");
    expect(() => strangers.put(at("two", "size"), option("S"))).toThrow("not in that channel");
    const entry = { ...option("A"), url: "https://a.b" };
    expect(await hand.press(at("two", "more"), entry)).toMatchObject({ url: "https://a.b" });
  });
});

test("a menu that asks the bot asks once, and takes what was offered", async () => {
  const asked: string[] = [];
  scene.app.options("city", async ({ ack, payload, body }) => {
    asked.push(`${body.container?.type} ${payload.value}`);
    await ack({ option_groups: [{ label: plain("South"), options: [option("Lisbon")] }] });
  });
  const at = (
    await posted([
      {
        type: "section",
        block_id: "where",
        text: plain("Where"),
        accessory: { type: "multi_external_select", action_id: "city", min_query_length: 1 },
      },
    ])
  )("where", "city");
  const { hand } = scene.slack.person("ada");
  expect(await hand.suggest(at, "L")).toEqual([
    { words: "Lisbon", value: option("Lisbon"), group: "South" },
  ]);
  hand.put(at, [option("Lisbon")]);
  await hand.suggest(at, "x");
  hand.put(at, [option("Lisbon")]);
  expect(() => hand.put(at, [option("Porto")])).toThrow("does not offer that");
  await hand.report(at);
  expect(asked).toEqual(["message L", "message x"]);
  expect(payloads().at(-1)).toMatchObject({ actions: [{ selected_options: [option("Lisbon")] }] });
});

test("menus of people and conversations offer what the person may know of", async () => {
  const at = await posted([
    {
      type: "actions",
      block_id: "ids",
      elements: [
        { type: "users_select", action_id: "user" },
        { type: "channels_select", action_id: "channel" },
        { type: "multi_conversations_select", action_id: "any", filter: { include: ["im"] } },
        { type: "conversations_select", action_id: "all" },
      ],
    },
  ]);
  const words = async (name: string, action: string) =>
    (await scene.slack.person(name).hand.suggest(at("ids", action), "")).map((one) => one.words);
  expect(await words("ada", "user")).toContain("Olga Petrova");
  expect(await words("ada", "channel")).toEqual(["ops", "lobby", "audit", "audit-2", "partners"]);
  expect(await words("ada", "any")).toEqual(["snapshot", "Ben Okafor"]);
  expect(await words("dora", "all")).not.toContain("secret");
  const { hand } = scene.slack.person("dora");
  expect(() => hand.put(at("ids", "all"), channels.secret)).toThrow("does not offer that");
  hand.put(at("ids", "user"), people.ben);
  await hand.report(at("ids", "user"));
  expect(payloads()[0]).toMatchObject({ actions: [{ selected_user: people.ben }] });
});

test("a field reports what is typed only when and as it was asked to", async () => {
  const input = (
    id: string,
    dispatch: boolean,
    on?: "on_enter_pressed" | "on_character_entered",
  ) => ({
    ...{ type: "input" as const, block_id: id, label: plain(id), dispatch_action: dispatch },
    element: {
      type: "plain_text_input" as const,
      action_id: "t",
      ...(on === undefined ? {} : { dispatch_action_config: { trigger_actions_on: [on] } }),
    },
  });
  scene.app.shortcut("go", async ({ ack, body, client }) => {
    await ack();
    const blocks = [
      input("quiet", false),
      input("enter", true),
      input("letters", true, "on_character_entered"),
    ];
    await client.views.open({ trigger_id: body.trigger_id, view: modal("Form", blocks) });
  });
  const ada = scene.slack.person("ada");
  await ada.shortcut("go");
  const view = (await scene.slack.until(() => ada.modal)).id;
  const at = (block: string) => ({ view, block, action: "t" });
  const told = ["quiet", "enter", "letters"].map((block) => ada.hand.put(at(block), "typed"));
  expect(told).toEqual([false, false, true]);
  expect(await ada.hand.enter(at("quiet"))).toBeUndefined();
  expect(await ada.hand.enter(at("letters"))).toBeUndefined();
  await ada.hand.enter(at("enter"));
  expect(payloads().at(-1)).toMatchObject({ actions: [{ block_id: "enter", value: "typed" }] });
});

test("a menu of conversations begins with the one that the person is in, if it asks for that", async () => {
  const menu = (id: string, type: string, more: object = {}) => ({
    ...{ type: "input" as const, block_id: id, label: plain(id) },
    element: { type, action_id: "c", default_to_current_conversation: true, ...more } as never,
  });
  const blocks = [
    menu("one", "conversations_select"),
    menu("some", "multi_conversations_select"),
    menu("other", "conversations_select", { initial_conversation: channels.audit }),
  ];
  scene.app.command("/snapshot", async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: modal("Form", blocks) });
  });
  const ada = scene.slack.person("ada");
  await ada.command("#ops", "/snapshot");
  const { view } = await scene.slack.until(() => ada.modal);
  expect(view.values).toMatchObject({
    one: { c: { selected_conversation: channels.ops } },
    some: { c: { selected_conversations: [channels.ops] } },
    other: { c: { selected_conversation: channels.audit } },
  });
});
