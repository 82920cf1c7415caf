import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { HomeView } from "@slack/types";
import { everyFeature, type Features } from "../../../playground/slack/features.ts";
import { channels, people } from "../../../playground/slack/slack.ts";
import { httpScene, type Scene } from "./bolt.ts";
import { modal, section } from "./views.ts";

let scene: Scene;
const begin = async (features: Partial<Features> = {}): Promise<Scene> => {
  scene = await httpScene({ features: { ...everyFeature, ...features } });
  return scene;
};
afterEach(() => scene.end());

const plain = (text: string) => ({ type: "plain_text" as const, text });
const options = ["One", "Two"].map((text) => ({ text: plain(text), value: text }));
const home = (...blocks: HomeView["blocks"]): HomeView => ({ type: "home", blocks });
const menu = {
  type: "actions" as const,
  block_id: "menus",
  elements: [{ type: "static_select" as const, action_id: "pick", options }],
};
const button = {
  type: "actions" as const,
  block_id: "buttons",
  elements: [{ type: "button" as const, action_id: "go", text: plain("Go") }],
};

const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: { data?: { error?: string } }) => error.data?.error,
  );

describe("the app's tabs", () => {
  test("tell the bot which one was opened, and what is on the home tab already", async () => {
    const { slack, app } = await begin();
    const opened: object[] = [];
    app.event("app_home_opened", async ({ event }) => void opened.push(event));
    const ada = slack.person("ada");

    await ada.openHome();
    await app.client.views.publish({ user_id: people.ada, view: home(section("Hello")) });
    await ada.openHome();
    await ada.openHome("messages");

    const shared = { user: people.ada, channel: channels.adaAndBot };
    expect(opened).toMatchObject([
      { ...shared, tab: "home" },
      { ...shared, tab: "home", view: { type: "home", blocks: [{ text: { text: "Hello" } }] } },
      { ...shared, tab: "messages" },
    ]);
    expect(opened.map((event) => "view" in event)).toEqual([false, true, false]);
  });

  test("say nothing to a bot that did not subscribe", async () => {
    const { slack } = await begin({ events: [] });
    expect(await slack.person("ada").openHome()).toBeUndefined();
    expect(slack.journal.deliveries).toEqual([]);
  });

  test("are there only if the manifest says so", async () => {
    const { slack, app } = await begin({ hasHomeTab: false, hasMessagesTab: false });
    const { client } = app;
    await expect(slack.person("ada").openHome()).rejects.toThrow('no tab "home"');
    expect(await errorOf(client.views.publish({ user_id: people.ada, view: home() }))).toBe(
      "not_enabled",
    );
    expect(await errorOf(client.chat.postMessage({ channel: people.ada, text: "Hi" }))).toBe(
      "messages_tab_disabled",
    );
  });
});

describe("views.publish", () => {
  beforeEach(() => begin());

  test("replaces what a person has, unless somebody did in the meantime", async () => {
    const { client } = scene.app;
    const to = { user_id: people.ada };
    const early = client.views.publish({ ...to, view: home(), hash: "1.abc" });
    expect(await errorOf(early)).toBe("hash_conflict");
    const first = await client.views.publish({ ...to, view: home(section("First")) });
    expect(first.view).toMatchObject({ type: "home", close: null, submit: null });
    const hash = String(first.view?.hash);
    const second = await client.views.publish({ ...to, view: home(section("Second")), hash });
    expect(second.view?.id).toBe(first.view?.id);
    expect(second.view?.hash).not.toBe(hash);
    const late = client.views.publish({ ...to, view: home(section("Late")), hash });
    expect(await errorOf(late)).toBe("hash_conflict");
    expect(scene.slack.person("ada").home()).toEqual(["Second"]);
    expect(scene.slack.person("ben").home()).toEqual([]);
  });

  test("takes no modal, nobody unknown, and nothing too large", async () => {
    const { client } = scene.app;
    const view = { ...modal("A modal"), type: "modal" } as unknown as HomeView;
    expect(await errorOf(client.views.publish({ user_id: people.ada, view }))).toBe(
      "invalid_arguments",
    );
    const nobody = client.views.publish({ user_id: "U0NOBODY001", view: home() });
    expect(await errorOf(nobody)).toBe("invalid_arguments");
    const large = home(...Array.from({ length: 100 }, () => section("x".repeat(3000))));
    expect(await errorOf(client.views.publish({ user_id: people.ada, view: large }))).toBe(
      "view_too_large",
    );
    const many = home(...Array.from({ length: 101 }, () => section("x")));
    expect(await errorOf(client.views.publish({ user_id: people.ada, view: many }))).toBe(
      "invalid_arguments",
    );
    expect(scene.slack.forgive(/views.publish/).length).toBeGreaterThan(2);
  });

  test("keeps what was chosen, and each click says it", async () => {
    const { slack, app } = scene;
    app.action(/./, async ({ ack }) => ack());
    const publish = (text: string) =>
      app.client.views.publish({ user_id: people.ada, view: home(section(text), menu, button) });
    const { view } = await publish("First");
    const ada = slack.person("ada");
    const at = { view: String(view?.id), block: "menus", action: "pick" };
    expect(ada.hand.put(at, { text: { ...plain("Two"), emoji: true }, value: "Two" })).toBe(true);
    await ada.hand.report(at);
    await publish("Second");
    await ada.press("Go", { home: true });

    const state = { values: { menus: { pick: { selected_option: { value: "Two" } } } } };
    const [chosen, pressed] = slack.journal.deliveries.map(({ payload }) => payload);
    expect(chosen).toMatchObject({
      container: { type: "view", view_id: view?.id },
      view: { type: "home", hash: view?.hash, state },
      actions: [{ action_id: "pick", selected_option: { value: "Two" } }],
    });
    expect(pressed).toMatchObject({ view: { state }, actions: [{ action_id: "go" }] });
    expect(chosen).not.toHaveProperty("response_url");
  });
});
