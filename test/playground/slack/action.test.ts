import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { KnownBlock, MultiExternalSelect } from "@slack/types";
import { listen } from "../../../playground/loopback.ts";
import { everyFeature } from "../../../playground/slack/features.ts";
import { channels, people } from "../../../playground/slack/slack.ts";
import { httpScene, type Scene } from "./bolt.ts";
import { modal, section, textInput } from "./views.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await httpScene();
});
afterEach(() => scene.end());

const plain = (text: string) => ({ type: "plain_text" as const, text });

const question: KnownBlock[] = [
  section("Rename *db-1*?"),
  {
    type: "actions",
    block_id: "decision",
    elements: [
      {
        type: "button",
        action_id: "approve",
        value: "request-1",
        style: "primary",
        text: plain("Approve"),
        confirm: {
          title: plain("Sure?"),
          text: plain("It is done at once."),
          confirm: plain("Approve"),
          deny: plain("Back"),
        },
      },
      { type: "button", action_id: "docs", text: plain("Docs"), url: "https://docs.example" },
    ],
  },
];

const post = (channel: string) =>
  scene.app.client.chat.postMessage({ channel, text: "Rename?", blocks: question });

describe("a button in a message", () => {
  test("tells who pressed it, where, and its value", async () => {
    const { ts } = await post(channels.warRoom);
    const told: unknown[] = [];
    scene.app.action("approve", async ({ ack, body }) => {
      told.push(body);
      await ack();
    });

    const result = await scene.slack.person("ben").press("Approve");

    expect(result).toMatchObject({ status: 200 });
    expect(told).toMatchObject([
      {
        type: "block_actions",
        user: { id: people.ben, username: "ben", team_id: "T0LOCAL1" },
        team: { id: "T0LOCAL1", domain: "snapshot-cloud" },
        container: {
          type: "message",
          message_ts: ts,
          channel_id: channels.warRoom,
          is_ephemeral: false,
        },
        channel: { id: channels.warRoom, name: "privategroup" },
        message: { ts, user: "U0SNAPBOT01", bot_id: "B0SNAPBOT01", text: "Rename?" },
        state: { values: {} },
        response_url: expect.stringContaining("/actions/"),
        trigger_id: expect.any(String),
        actions: [
          {
            type: "button",
            action_id: "approve",
            block_id: "decision",
            value: "request-1",
            style: "primary",
            text: { type: "plain_text", text: "Approve", emoji: true },
          },
        ],
      },
    ]);
  });

  test("asks first, and does nothing if the answer is no", async () => {
    await post(channels.ops);

    const result = await scene.slack.person("ben").press("Approve", { dismiss: true });

    expect(result.isDismissed).toBe(true);
    expect(scene.slack.journal.deliveries).toEqual([]);
  });

  test("is told to the bot even if all it does is open an address", async () => {
    await post(channels.ops);
    scene.app.action("docs", async ({ ack }) => ack());

    const result = await scene.slack.person("ben").press("Docs", { channel: "#ops" });

    expect(result).toMatchObject({ status: 200, url: "https://docs.example" });
  });

  test("can be pressed only by those who see it and are in the channel", async () => {
    await post(channels.warRoom);
    const { ts } = await post(channels.audit2);
    const { slack } = scene;

    await expect(slack.person("dora").press("Approve", { channel: "#war-room" })).rejects.toThrow(
      'dora sees no button "Approve" in a message, only: none',
    );
    await expect(slack.person("ada").press("Approve", { message: ts ?? "" })).rejects.toThrow(
      "ada is not in that channel",
    );
  });

  test("comes from another team in a shared channel, and says so", async () => {
    await post(channels.partners);
    scene.app.action("approve", async ({ ack }) => ack());

    await scene.slack.person("olga").press("Approve");

    expect(scene.slack.journal.deliveries[0]?.payload).toMatchObject({
      user: { id: people.olga, team_id: "T0OTHER" },
      team: { id: "T0LOCAL1" },
    });
  });

  test("in an ephemeral message comes without the message", async () => {
    const { slack, app } = scene;
    app.action("approve", async ({ ack }) => ack());
    await app.client.chat.postEphemeral({
      channel: channels.ops,
      user: people.ada,
      text: "Rename?",
      blocks: question,
    });

    await slack.person("ada").press("Approve");

    const payload = slack.journal.deliveries[0]?.payload;
    expect(payload).toMatchObject({ container: { type: "message", is_ephemeral: true } });
    expect(payload).not.toHaveProperty("message");
  });

  test("shows a warning when the bot does not answer well", async () => {
    await post(channels.ops);
    const broken = await listen({ handle: () => ({ status: 500, body: "Oh no" }) });
    scene.slack.deliverTo(broken.url);
    const ben = scene.slack.person("ben");

    expect((await ben.press("Approve")).error).toBe("dispatch_failed");
    expect(ben.errors).toEqual(['a warning beside "Approve": dispatch_failed']);
    expect(scene.slack.forgive(/HTTP 500/)).toEqual([
      "block_actions approve: answered with HTTP 500",
    ]);
    await broken.stop();
  });

  test("can be pressed where the client has not heard yet that the message changed", async () => {
    const { slack, app } = scene;
    const { ts = "" } = await post(channels.ops);
    const [before] = slack.messages("#ops");
    if (before === undefined) throw new Error("no message");
    await app.client.chat.update({ channel: channels.ops, ts, text: "Done", blocks: [] });
    app.action("approve", async ({ ack }) => ack());
    const ben = slack.person("ben");

    await expect(ben.press("Approve", { message: before })).rejects.toThrow("sees no button");
    await ben.press("Approve", { message: before, stale: true });

    expect(slack.journal.deliveries[0]?.payload).toMatchObject({
      container: { message_ts: ts },
      message: { ts, text: "Done" },
      actions: [{ action_id: "approve" }],
    });
  });

  test("may be delivered twice, with one trigger", async () => {
    await post(channels.ops);
    const triggers: string[] = [];
    scene.app.action("approve", async ({ ack, body }) => {
      if ("trigger_id" in body) triggers.push(body.trigger_id);
      await ack();
    });

    await scene.slack.person("ben").press("Approve", { deliverTwice: true });

    expect(triggers).toHaveLength(2);
    expect(triggers[0]).toBe(triggers[1]);
  });

  test("is answered with nothing: whatever else comes back is not read", async () => {
    await post(channels.ops);
    scene.app.action("approve", async ({ ack }) => ack({ text: "Approved" } as never));

    await scene.slack.person("ben").press("Approve");

    expect(scene.slack.forgive(/nobody reads/)).toHaveLength(1);
  });
});

describe("menus and lists", () => {
  const options = ["One", "Two"].map((text) => ({ text: plain(text), value: text.toLowerCase() }));

  test("in a form keep what was chosen, and come with it", async () => {
    const { slack, app } = scene;
    const values: unknown[] = [];
    app.command("/snapshot", async ({ ack, client, body }) => {
      await ack();
      await client.views.open({
        trigger_id: body.trigger_id,
        view: modal("Form", [
          textInput("Menu", "menu", {
            element: { type: "static_select", action_id: "it", options },
          }),
          textInput("Checks", "checks", {
            element: { type: "checkboxes", action_id: "it", options, initial_options: options },
          }),
          textInput("Radio", "radio", {
            optional: true,
            element: { type: "radio_buttons", action_id: "it", options },
          }),
          textInput("Who", "who", { element: { type: "users_select", action_id: "it" } }),
          textInput("When", "when", { element: { type: "datepicker", action_id: "it" } }),
        ]),
      });
    });
    app.view("form", async ({ ack, view }) => {
      values.push(view.state.values);
      await ack();
    });
    const ada = slack.person("ada");
    await ada.command("#ops", "/snapshot");
    await slack.until(() => ada.modal);

    await ada.choose("Menu", "Two");
    await ada.choose("Checks", ["One"]);
    await ada.choose("Who", "ben");
    ada.fill("When", "2026-11-21");
    await expect(ada.choose("Menu", "Three")).rejects.toThrow(
      '"Menu" does not offer "Three", only: "One", "Two"',
    );
    expect(ada.modal?.lines).toEqual([
      "== Form ==",
      "Menu: Two",
      "Checks: (x) One ( ) Two",
      "Radio (optional): ( ) One ( ) Two",
      "Who: @ben",
      "When: 2026-11-21",
      "[Cancel] [Save]",
    ]);
    await ada.submit();

    const shown = (text: string) => ({
      text: { type: "plain_text", text, emoji: true },
      value: text.toLowerCase(),
    });
    expect(values).toEqual([
      {
        menu: { it: { type: "static_select", selected_option: shown("Two") } },
        checks: { it: { type: "checkboxes", selected_options: [shown("One")] } },
        radio: { it: { type: "radio_buttons", selected_option: null } },
        who: { it: { type: "users_select", selected_user: people.ben } },
        when: { it: { type: "datepicker", selected_date: "2026-11-21" } },
      },
    ]);
  });

  test("outside of a form are told at once", async () => {
    const { slack, app } = scene;
    app.action("scope", async ({ ack }) => ack());
    const { ts = "" } = await app.client.chat.postMessage({
      channel: channels.ops,
      text: "Scope?",
      blocks: [
        {
          ...section("Scope"),
          block_id: "scope",
          accessory: { type: "static_select", action_id: "scope", options },
        },
        {
          type: "actions",
          elements: [{ type: "overflow", action_id: "scope", options }],
        },
      ],
    });
    const ben = slack.person("ben");
    const [message] = slack.messages("#ops");
    if (message === undefined) throw new Error("no message");

    await ben.chooseIn(message, "Scope", "Two");
    await ben.press("One", { message: ts });

    expect(slack.journal.deliveries.map((one) => one.payload)).toMatchObject([
      {
        actions: [{ type: "static_select", selected_option: { value: "two" } }],
        state: { values: { scope: { scope: { selected_option: { value: "two" } } } } },
      },
      { actions: [{ type: "overflow", selected_option: { value: "one" } }] },
    ]);
  });

  test("that ask the bot for their options find what is typed", async () => {
    const { slack, app } = scene;
    const asked: string[] = [];
    app.options("pick", async ({ ack, payload }) => {
      asked.push(payload.value);
      const found = ["db-1", "db-2", "web-1"].filter((name) => name.includes(payload.value));
      await ack({ options: found.map((name) => ({ text: plain(name), value: name })) });
    });
    app.shortcut("go", async ({ ack, body, client }) => {
      await ack();
      const element = { type: "external_select", action_id: "pick" } as const;
      const view = modal("Pick", [
        textInput("Any", "any", { element: { ...element, min_query_length: 0 } }),
        textInput("Typed", "typed", { element }),
      ]);
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    const ada = slack.person("ada");
    await ada.shortcut("go");
    await slack.until(() => ada.modal);

    expect(await ada.suggestions("Any", "db")).toEqual(["db-1", "db-2"]);
    await ada.choose("Any", "db-2");
    await ada.choose("Typed", "web-1", { typed: "web" });
    await expect(ada.suggestions("Typed", "db")).rejects.toThrow("only after 3 characters");
    await expect(ada.choose("Any", "db-9")).rejects.toThrow('"Any" does not offer "db-9"');

    expect([ada.value("Any"), ada.value("Typed")]).toEqual(["db-2", "web-1"]);
    expect(asked).toEqual(["db", "", "web", "", "db-9"]);
  });

  test("that take several take them in their order, and no more than they may", async () => {
    const { slack, app } = scene;
    const names = ["db-1", "db-2", "web-1"];
    app.options("pick", async ({ ack, payload }) => {
      const found = names.filter((name) => name.includes(payload.value));
      await ack({ options: found.map((name) => ({ text: plain(name), value: name })) });
    });
    const sent: unknown[] = [];
    app.view(/./, async ({ ack, view }) => {
      sent.push(view.state.values);
      await ack();
    });
    app.shortcut("go", async ({ ack, body, client }) => {
      await ack();
      const element: MultiExternalSelect = {
        ...{ type: "multi_external_select", action_id: "pick", min_query_length: 0 },
        ...{ max_selected_items: 2, initial_options: [{ text: plain("web-1"), value: "web-1" }] },
      };
      const view = modal("Pick", [textInput("Some", "some", { element })]);
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    const ada = slack.person("ada");
    await ada.shortcut("go");
    await slack.until(() => ada.modal);

    await expect(ada.choose("Some", names)).rejects.toThrow('"Some" takes at most 2');
    expect(ada.value("Some")).toBe("web-1");
    await ada.choose("Some", ["db-2", "db-1"]);
    await ada.submit();
    expect(sent).toMatchObject([
      { some: { pick: { selected_options: [{ value: "db-2" }, { value: "db-1" }] } } },
    ]);
  });

  test("that get no proper options show no results", async () => {
    const { slack, app } = scene;
    app.options("pick", async ({ ack }) =>
      ack({ options: [{ text: plain("x".repeat(76)), value: "x" }] }),
    );
    await app.client.chat.postMessage({
      channel: channels.ops,
      text: "Pick",
      blocks: [
        {
          ...section("Pick"),
          accessory: { type: "external_select", action_id: "pick", min_query_length: 0 },
        },
      ],
    });
    const ada = slack.person("ada");
    const [message] = slack.messages("#ops");
    if (message === undefined) throw new Error("no message");

    await expect(ada.chooseIn(message, "Pick", "x")).rejects.toThrow("only: nothing");
    expect(ada.errors).toContain("No results");
    expect(slack.forgive(/less than 76 characters/)).toHaveLength(2);
  });

  test("show no results, and ask nobody, when the manifest names no address for it", async () => {
    await scene.end();
    scene = await httpScene({ features: { ...everyFeature, asksForOptions: false } });
    const { slack, app } = scene;
    let asked = 0;
    app.options("pick", async ({ ack }) => {
      asked += 1;
      await ack({ options: [] });
    });
    app.shortcut("go", async ({ ack, body, client }) => {
      await ack();
      const element = { type: "external_select", action_id: "pick", min_query_length: 0 } as const;
      const view = modal("Pick", [textInput("Any", "any", { element })]);
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    const ada = slack.person("ada");
    await ada.shortcut("go");
    await slack.until(() => ada.modal);
    expect(await ada.suggestions("Any", "db")).toEqual([]);
    expect(ada.errors).toContain("No results");
    expect(asked).toBe(0);
  });

  test("in a form tell the bot only if they were asked to", async () => {
    const { slack, app } = scene;
    const seen: unknown[] = [];
    app.action("it", async ({ ack, body }) => {
      if (body.type === "block_actions") seen.push(body.view?.state.values);
      await ack();
    });
    app.shortcut("go", async ({ ack, body, client }) => {
      await ack();
      const view = modal("Form", [
        textInput("Quiet", "quiet", {
          element: { type: "static_select", action_id: "it", options },
        }),
        textInput("Loud", "loud", {
          dispatch_action: true,
          element: { type: "static_select", action_id: "it", options },
        }),
        textInput("Line", "line", {
          dispatch_action: true,
          element: { type: "plain_text_input", action_id: "it" },
        }),
      ]);
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    const ada = slack.person("ada");
    await ada.shortcut("go");
    await slack.until(() => ada.modal);

    await ada.choose("Quiet", "One");
    await ada.choose("Loud", "Two");
    ada.fill("Line", "typed");
    await ada.enter("Line");

    expect(seen).toMatchObject([
      { quiet: { it: { selected_option: { value: "one" } } }, loud: { it: {} } },
      { line: { it: { value: "typed" } } },
    ]);
  });
});

describe("shortcuts and the home tab", () => {
  test("a message shortcut comes with the message, and with an address to answer to", async () => {
    const { slack, app } = scene;
    app.shortcut({ callback_id: "inspect", type: "message_action" }, async ({ ack, respond }) => {
      await ack();
      await respond("Inspected");
    });
    const { ts } = slack.say("ben", "#ops", "look at <this>");

    await slack.person("ada").messageShortcut("inspect", "#ops", ts);
    await slack.until(() => slack.messages("#ops").length === 2);

    expect(slack.journal.deliveries[0]?.payload).toMatchObject({
      type: "message_action",
      callback_id: "inspect",
      channel: { id: channels.ops, name: "ops" },
      message_ts: ts,
      message: { ts, user: people.ben, text: "look at &lt;this&gt;" },
    });
    expect(slack.person("ada").sees("#ops")).toEqual([
      "ben: look at <this>",
      "snapshot: Inspected",
      "(only visible to you)",
    ]);
  });

  test("the home tab is published when it is opened, and its buttons work", async () => {
    const { slack, app } = scene;
    app.event("app_home_opened", async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: "home", blocks: question.slice(0, 2) },
      });
    });
    app.action("approve", async ({ ack }) => ack());
    const ada = slack.person("ada");

    await ada.openHome();
    await slack.until(() => slack.home("ada"));
    await ada.press("Approve", { home: true });
    await ada.openHome();

    expect(ada.home()).toEqual(["Rename db-1?", "[Approve] [Docs]"]);
    const [first, click, second] = slack.journal.deliveries;
    expect(first?.payload).toMatchObject({
      type: "event_callback",
      event: { type: "app_home_opened", user: people.ada, tab: "home", channel: "D0ADA000001" },
    });
    expect(first?.payload.event).not.toHaveProperty("view");
    expect(click?.payload).toMatchObject({ container: { type: "view" }, view: { type: "home" } });
    expect(second?.payload.event).toHaveProperty("view");
  });

  test("an event that fails is told again, three times, and says why", async () => {
    const { slack } = scene;
    slack.deliverTo("http://127.0.0.1:9/nobody");

    await slack.person("ada").openHome();

    const told = slack.journal.deliveries.map(({ headers }) => [
      headers["x-slack-retry-num"],
      headers["x-slack-retry-reason"],
    ]);
    expect(told).toEqual([
      [undefined, undefined],
      ["1", "connection_failed"],
      ["2", "connection_failed"],
      ["3", "connection_failed"],
    ]);
    expect(new Set(slack.journal.deliveries.map((one) => one.payload.event_id)).size).toBe(1);
    expect(slack.forgive(/app_home_opened: connection failed/)).toHaveLength(4);
  });

  test("an event that the bot refuses for good is not told again", async () => {
    const { slack } = scene;
    const headers = { "x-slack-no-retry": "1" };
    const broken = await listen({ handle: () => ({ status: 410, headers, body: "" }) });
    slack.deliverTo(broken.url);

    await slack.person("ada").openHome();

    expect(slack.journal.deliveries).toHaveLength(1);
    expect(slack.forgive(/HTTP 410/)).toHaveLength(1);
    await broken.stop();
  });
});
