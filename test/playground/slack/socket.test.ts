import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { WebSocket } from "ws";
import { asObject, asString } from "../../../playground/slack/json.ts";
import { type Scene, socketScene } from "./bolt.ts";
import { modal } from "./views.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await socketScene();
});
afterEach(() => scene.end());

test("a command goes over the socket, and the acknowledgement brings the reply back", async () => {
  const { slack, app } = scene;
  app.command("/snapshot", async ({ ack, command }) => ack(`You said ${command.text}`));

  const { reply } = await slack.person("ada").command("#ops", "/snapshot help");

  expect(reply?.text).toBe("You said help");
  expect(slack.journal.deliveries).toMatchObject([
    { kind: "slash_commands", transport: "socket", headers: {}, violations: [] },
  ]);
});

test("a form is opened, answered and closed over the socket", async () => {
  const { slack, app } = scene;
  app.command("/snapshot", async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: modal("One") });
  });
  app.view("one", async ({ ack, view }) => {
    if (view.state.values.name?.typed?.value === "x") await ack();
    else await ack({ response_action: "errors", errors: { name: "Say x" } });
  });
  const ada = slack.person("ada");
  await ada.command("#ops", "/snapshot");
  await slack.until(() => ada.modal);

  ada.fill("Name", "y");
  expect(await ada.submit()).toEqual({ outcome: "errors", errors: { Name: "Say x" } });
  ada.fill("Name", "x");
  expect(await ada.submit()).toEqual({ outcome: "closed" });
});

test("an event goes over the socket, too", async () => {
  const { slack, app } = scene;
  const seen: string[] = [];
  app.event("app_home_opened", async ({ event }) => void seen.push(event.user));

  await slack.person("ada").openHome();
  await slack.until(() => seen.length === 1);

  expect(slack.journal.deliveries).toHaveLength(1);
});

test("a refresh makes the client leave and come back; until then nobody is there", async () => {
  const { slack, app } = scene;
  app.command("/snapshot", async ({ ack }) => ack("Back again"));
  expect(slack.socket.connections()).toBe(1);

  slack.socket.refresh();
  const gap = await slack.person("ada").command("#ops", "/snapshot");
  await slack.until(() => slack.socket.connections() === 1, "a new connection", 20_000);
  const after = await slack.person("ada").command("#ops", "/snapshot");

  expect(gap.error).toBe("dispatch_failed");
  expect(after.reply?.text).toBe("Back again");
  expect(slack.forgive(/no socket is connected/)).toHaveLength(1);
});

test("a command that nobody acknowledges times out", async () => {
  const { slack, app } = scene;
  app.command("/snapshot", async () => undefined);

  const { error } = await slack.person("ada").command("#ops", "/snapshot");

  expect(error).toBe("operation_timeout");
  expect(slack.forgive(/not acknowledged/)).toHaveLength(1);
});

test("a ticket is good for one connection, and none is no good at all", async () => {
  const { slack } = scene;
  const refused = async (url: string) =>
    new Promise<string>((done) => {
      const socket = new WebSocket(url);
      socket.once("error", (error) => done(error.message));
      socket.once("open", () => {
        socket.close();
        done("open");
      });
    });
  const opened = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  const url = asString(asObject(await opened.json()).url);

  expect(await refused(url)).toBe("open");
  expect(await refused(url)).toContain("403");
  expect(await refused(url.replace(/ticket=[^&]*/, "ticket="))).toContain("403");
});
