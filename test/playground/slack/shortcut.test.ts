import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { everyFeature } from "../../../playground/slack/features.ts";
import { channels } from "../../../playground/slack/slack.ts";
import { httpScene, type Scene } from "./bolt.ts";

let scene: Scene;
beforeEach(async () => {
  const shortcuts = (["global", "message"] as const).map((type) => ({
    ...{ type, name: `The ${type} one`, callbackId: `${type}-one` },
    description: "Does it",
  }));
  scene = await httpScene({ features: { ...everyFeature, shortcuts } });
  scene.app.shortcut(/./, async ({ ack }) => ack());
});
afterEach(() => scene.end());

describe("a shortcut", () => {
  test("comes with who chose it, and not with where they were or which app it was", async () => {
    await scene.slack.person("ada").shortcut("global-one");
    const payload = scene.slack.journal.deliveries[0]?.payload ?? {};
    expect(Object.keys(payload).sort()).toEqual(
      [
        ...["action_ts", "callback_id", "enterprise", "is_enterprise_install"],
        ...["team", "token", "trigger_id", "type", "user"],
      ].sort(),
    );
    expect(payload.user).toEqual({ id: "U0ADA000001", username: "ada", team_id: "T0LOCAL1" });
  });

  test("is there only if the manifest has it, in the menu that it is in", async () => {
    const ada = scene.slack.person("ada");
    await expect(ada.shortcut("message-one")).rejects.toThrow("no global shortcut message-one");
    await expect(scene.slack.person("olga").shortcut("global-one")).rejects.toThrow("another team");
    const { ts } = scene.slack.say("ben", "#ops", "Look");
    const chosen = ada.messageShortcut("global-one", "#ops", ts);
    await expect(chosen).rejects.toThrow("no message shortcut global-one");
    await ada.messageShortcut("message-one", "#ops", ts);
    expect(scene.slack.journal.deliveries).toHaveLength(1);
  });

  test("of a message is not there for one that only one person sees", async () => {
    await scene.app.client.chat.postEphemeral({
      ...{ channel: channels.ops, user: "U0ADA000001", text: "Just for you" },
    });
    const [message] = scene.slack.messages("#ops");
    const chosen = scene.slack
      .person("ada")
      .messageShortcut("message-one", "#ops", `${message?.ts}`);
    await expect(chosen).rejects.toThrow("for one person");
  });
});
