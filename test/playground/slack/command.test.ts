import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { listen } from "../../../playground/loopback.ts";
import { channels } from "../../../playground/slack/slack.ts";
import { httpScene, type Scene } from "./bolt.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await httpScene();
});
afterEach(() => scene.end());

describe("a slash command", () => {
  test("is answered to the person who sent it, and to nobody else", async () => {
    const { slack, app } = scene;
    app.command("/snapshot", async ({ ack, command }) => ack(`You said ${command.text}`));

    const result = await slack.person("ada").command("#ops", "/snapshot help <me> & you");

    expect(result).toMatchObject({ status: 200, reply: { ephemeral: true } });
    expect(slack.person("ada").sees("#ops")).toEqual([
      "snapshot: You said help <me> & you",
      "(only visible to you)",
    ]);
    expect(slack.person("ben").sees("#ops")).toEqual([]);
    expect(slack.messages("#ops", { as: "ben" })).toEqual([]);
  });

  test("is answered to everybody if the bot says so", async () => {
    const { slack, app } = scene;
    app.command("/snapshot", async ({ ack }) => ack({ response_type: "in_channel", text: "Hi" }));

    await slack.person("ada").command("#ops", "/snapshot");

    expect(slack.person("ben").sees("#ops")).toEqual(["snapshot: Hi"]);
  });

  test("tells who, where and what, with the text encoded as in messages", async () => {
    const { slack, app } = scene;
    const told: unknown[] = [];
    app.command("/snapshot", async ({ ack, command }) => {
      told.push(command);
      await ack();
    });

    await slack.person("ada").command("#war-room", "/snapshot rename a&b <!channel>");
    await slack.person("ada").command(channels.adaAndBen, "/snapshot");

    expect(told).toEqual([
      {
        token: expect.any(String),
        team_id: "T0LOCAL1",
        team_domain: "snapshot-cloud",
        channel_id: channels.warRoom,
        channel_name: "privategroup",
        user_id: "U0ADA000001",
        user_name: "ada",
        command: "/snapshot",
        text: "rename a&amp;b &lt;!channel&gt;",
        api_app_id: "A0SNAPBOT01",
        is_enterprise_install: "false",
        response_url: expect.stringContaining(`${slack.url}/commands/T0LOCAL1/`),
        trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
      },
      expect.objectContaining({ channel_name: "directmessage", text: "" }),
    ]);
  });

  test("reaches the bot signed, and with the exact content type that Slack uses", async () => {
    const { slack, app } = scene;
    app.command("/snapshot", async ({ ack }) => ack());

    await slack.person("ada").command("#ops", "/snapshot");

    expect(slack.journal.deliveries).toMatchObject([
      {
        kind: "slash_commands",
        label: "/snapshot",
        transport: "http",
        status: 200,
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          "x-slack-signature": expect.stringMatching(/^v0=[0-9a-f]{64}$/),
          "x-slack-request-timestamp": expect.stringMatching(/^\d{10}$/),
        },
        violations: [],
      },
    ]);
  });

  test("is refused by the client where the person cannot type it", async () => {
    const { slack } = scene;
    const { ada, dora, olga } = {
      ada: slack.person("ada"),
      dora: slack.person("dora"),
      olga: slack.person("olga"),
    };

    await expect(ada.command("#ops", "/snapshots")).rejects.toThrow("not a valid command");
    await expect(ada.command("#old", "/snapshot")).rejects.toThrow("old is archived");
    await expect(ada.command("#nowhere", "/snapshot")).rejects.toThrow("there is no channel");
    await expect(dora.command("#secret", "/snapshot")).rejects.toThrow("dora is not in secret");
    await expect(olga.command("#partners", "/snapshot")).rejects.toThrow("of another team");
    expect(slack.journal.deliveries).toEqual([]);
  });

  test("has ids for names if the app asked for that", async () => {
    const { slack, app, end } = await httpScene({ shouldEscape: true });
    app.command("/snapshot", async ({ ack }) => ack());

    await slack.person("ada").command("#ops", "/snapshot give @ben the keys of #audit");

    expect(slack.journal.deliveries[0]?.payload.text).toBe(
      "give <@U0BEN000001|ben> the keys of <#C0AUDIT0001|audit>",
    );
    await end();
  });
});

describe("a command that the bot does not take well", () => {
  test("times out after three seconds, and a late answer changes nothing", async () => {
    const { slack, app } = scene;
    let answer = (): void => undefined;
    app.command("/snapshot", async ({ ack }) => {
      await new Promise<void>((done) => {
        answer = done;
      });
      await ack("Too late");
    });

    const result = await slack.person("ada").command("#ops", "/snapshot");
    answer();
    const delivery = await slack.until(() => slack.journal.deliveries.find((one) => one.ms));

    expect(result.error).toBe("operation_timeout");
    expect(slack.person("ada").errors).toEqual([
      '/snapshot failed with the error "operation_timeout"',
    ]);
    expect(slack.person("ada").sees("#ops")).toEqual([]);
    expect(delivery.ms).toBeGreaterThanOrEqual(3000);
    expect(slack.forgive(/./)).toEqual(["/snapshot: not acknowledged within 3000 ms"]);
  });

  test("fails at once when the bot answers with an error, or is not there", async () => {
    const { slack } = scene;
    const broken = await listen({ handle: () => ({ status: 500, body: "Oh no" }) });
    slack.deliverTo(broken.url);
    const ada = slack.person("ada");

    expect(await ada.command("#ops", "/snapshot")).toMatchObject({
      status: 500,
      error: "dispatch_failed",
    });
    await broken.stop();
    expect(await ada.command("#ops", "/snapshot")).toMatchObject({
      status: undefined,
      error: "dispatch_failed",
    });

    expect(slack.forgive(/HTTP 500/)).toEqual(["/snapshot: answered with HTTP 500"]);
    expect(slack.forgive(/connection failed/)).toHaveLength(1);
  });

  test("shows nothing when the reply is no message", async () => {
    const { slack, app } = scene;
    app.command("/snapshot", async ({ ack }) =>
      ack({ text: "x", blocks: [{ type: "section" }] } as never),
    );

    expect((await slack.person("ada").command("#ops", "/snapshot")).reply).toBeUndefined();

    expect(slack.forgive(/invalid block/)).toEqual([
      "/snapshot reply: invalid block: must define either `text` or `fields` [json-pointer:/blocks/0/type]",
    ]);
    expect(slack.forgive(/no message/)).toHaveLength(1);
  });
});
