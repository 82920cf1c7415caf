import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ModalView } from "@slack/types";
import { MovableClock } from "../../../playground/clock.ts";
import { listen } from "../../../playground/loopback.ts";
import { httpScene, type Scene } from "./bolt.ts";
import { modal, section, textInput } from "./views.ts";

let scene: Scene;
const clock = new MovableClock();
beforeEach(async () => {
  scene = await httpScene({ clock });
});
afterEach(() => scene.end());

/** Ada sends a command that opens this modal. */
const opened = async (view: ModalView) => {
  const { slack, app } = scene;
  app.command("/snapshot", async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
  const ada = slack.person("ada");
  await ada.command("#ops", "/snapshot");
  await slack.until(() => ada.modal);
  return ada;
};

describe("a form", () => {
  test("is opened by a command and comes back with what was typed, to the last space", async () => {
    const ada = await opened(modal("Rename", [textInput("Name", "name"), textInput("Why", "why")]));
    const told: unknown[] = [];
    scene.app.view("rename", async ({ ack, body }) => {
      told.push(body);
      await ack();
    });

    expect(ada.modal?.lines).toEqual(["== Rename ==", "Name: …", "Why: …", "[Cancel] [Save]"]);
    ada.fill("Name", " db-1 ");
    ada.fill("Why", "tidy");
    expect(ada.value("Name")).toBe(" db-1 ");
    expect(await ada.submit()).toEqual({ outcome: "closed" });

    expect(ada.modal).toBeUndefined();
    expect(told).toMatchObject([
      {
        type: "view_submission",
        user: { id: "U0ADA000001", team_id: "T0LOCAL1" },
        response_urls: [],
        view: {
          callback_id: "rename",
          state: {
            values: {
              name: { typed: { type: "plain_text_input", value: " db-1 " } },
              why: { typed: { type: "plain_text_input", value: "tidy" } },
            },
          },
          previous_view_id: null,
          hash: expect.stringMatching(/^\d+\.\w{8}$/),
        },
      },
    ]);
  });

  test("is not sent while the client finds something wrong with it", async () => {
    const ada = await opened(
      modal("Rename", [
        textInput("Name", "name"),
        textInput("Short", "short", {
          optional: true,
          element: { type: "plain_text_input", action_id: "typed", max_length: 3, min_length: 2 },
        }),
        textInput("Count", "count", {
          element: {
            type: "number_input",
            action_id: "typed",
            is_decimal_allowed: false,
            max_value: "9",
          },
        }),
        textInput("Mail", "mail", {
          optional: true,
          element: { type: "email_text_input", action_id: "typed" },
        }),
      ]),
    );
    ada.fill("Short", "toolong");
    ada.fill("Count", "1.5");
    ada.fill("Mail", "nobody");

    expect(await ada.submit()).toEqual({
      outcome: "blocked",
      blocked: {
        Name: "Please complete this required field.",
        Short: "Must be at most 3 characters long.",
        Count: "Must be a whole number.",
        Mail: "Must be a valid email address.",
      },
    });
    ada.fill("Count", "10");
    expect((await ada.submit()).blocked?.Count).toBe("Must be at most 9.");
    expect(scene.slack.journal.deliveries).toHaveLength(1);
  });

  test("refuses what cannot be typed or seen", async () => {
    const ada = await opened(modal("Rename"));

    expect(() => ada.fill("Surname", "x")).toThrow(
      'there is no field "Surname" to see, only: "Name"',
    );
    expect(() => ada.fill("Name", "two\nlines")).toThrow('"Name" has one line only');
    await expect(ada.press("Approve")).rejects.toThrow('no button "Approve" in the view');
    expect(() => scene.slack.person("ben").fill("Name", "x")).toThrow("ben has no modal open");
  });

  test("shows the errors of the bot under the inputs, and drops them with the next try", async () => {
    const ada = await opened(modal("Rename"));
    scene.app.view("rename", async ({ ack, view }) => {
      const name = view.state.values.name?.typed?.value;
      if (name === "good") await ack();
      else await ack({ response_action: "errors", errors: { name: "Taken" } });
    });

    ada.fill("Name", "bad");
    expect(await ada.submit()).toEqual({ outcome: "errors", errors: { Name: "Taken" } });
    expect(ada.modal?.lines).toContain("  ! Taken");
    expect(ada.modal?.errors).toEqual({ Name: "Taken" });
    ada.fill("Name", "good");
    expect(await ada.submit()).toEqual({ outcome: "closed" });
  });

  test("stays open, with trouble, when the errors belong to no input", async () => {
    const ada = await opened(modal("Rename", [textInput("Name", "name"), section("Hello")]));
    scene.app.view("rename", async ({ ack }) =>
      ack({ response_action: "errors", errors: { typed: "That is the action id" } }),
    );
    ada.fill("Name", "x");

    expect(await ada.submit()).toEqual({ outcome: "trouble" });
    expect(ada.errors).toEqual(["We had some trouble connecting. Try again?"]);
    expect(ada.modal?.isOpen).toBe(true);
    expect(scene.slack.forgive(/errors that belong to no input/)).toHaveLength(1);
  });

  test.each([
    ["an empty map of errors", { response_action: "errors", errors: {} }],
    ["an unknown action", { response_action: "close" }],
    ["a message", { text: "saved" }],
  ])("stays open, with trouble, after %s", async (_, answer) => {
    const ada = await opened(modal("Rename"));
    scene.app.view("rename", async ({ ack }) => ack(answer as never));
    ada.fill("Name", "x");

    expect((await ada.submit()).outcome).toBe("trouble");
    expect(scene.slack.forgive(/view_submission rename/)).toHaveLength(1);
  });
});

test("a form stays open, with trouble, after an answer that is broken JSON", async () => {
  const ada = await opened(modal("Rename"));
  const headers = { "content-type": "application/json" };
  const broken = await listen({ handle: () => ({ status: 200, headers, body: "{" }) });
  scene.slack.deliverTo(broken.url);
  ada.fill("Name", "x");

  expect((await ada.submit()).outcome).toBe("trouble");
  expect(ada.modal?.isOpen).toBe(true);
  expect(scene.slack.forgive(/not the JSON|no response_action/)).toHaveLength(2);
  await broken.stop();
});

describe("an answer to a form", () => {
  test("may put another view in its place, which keeps what was typed where both ids stay", async () => {
    const ada = await opened(modal("Rename", [textInput("Name", "name"), textInput("Why", "why")]));
    scene.app.view("rename", async ({ ack }) =>
      ack({
        response_action: "update",
        view: modal("Check", [textInput("Name", "name"), textInput("Why", "why-2")]),
      }),
    );
    ada.fill("Name", "kept");
    ada.fill("Why", "lost");
    const before = ada.modal;

    expect(await ada.submit()).toEqual({ outcome: "updated" });

    expect(ada.modal?.id).toBe(before?.id);
    expect(ada.modal?.title).toBe("Check");
    expect([ada.value("Name"), ada.value("Why")]).toEqual(["kept", null]);
  });

  test("may put views on top, up to three, and Cancel takes them off again", async () => {
    const ada = await opened(modal("One"));
    for (const [from, to] of [
      ["one", "Two"],
      ["two", "Three"],
      ["three", "Four"],
    ] as const) {
      scene.app.view(from, async ({ ack }) => ack({ response_action: "push", view: modal(to) }));
    }
    const outcomes: string[] = [];
    for (let depth = 0; depth < 3; depth += 1) {
      ada.fill("Name", "x");
      outcomes.push((await ada.submit()).outcome);
    }

    expect(outcomes).toEqual(["pushed", "pushed", "trouble"]);
    expect(ada.modals().map((view) => view.title)).toEqual(["One", "Two", "Three"]);
    await ada.close();
    expect(ada.modal?.title).toBe("Two");
    expect(scene.slack.forgive(/push refused: push_limit_reached/)).toHaveLength(1);
  });

  test("may clear the whole modal", async () => {
    const ada = await opened(modal("One"));
    scene.app.view("one", async ({ ack }) => ack({ response_action: "push", view: modal("Two") }));
    scene.app.view("two", async ({ ack }) => ack({ response_action: "clear" }));
    ada.fill("Name", "x");
    await ada.submit();
    ada.fill("Name", "x");

    expect(await ada.submit()).toEqual({ outcome: "cleared" });
    expect(ada.modals()).toEqual([]);
  });

  test("with a view that Slack does not take is trouble", async () => {
    const ada = await opened(modal("One"));
    scene.app.view("one", async ({ ack }) =>
      ack({ response_action: "update", view: modal("A title of more than 24 letters") }),
    );
    ada.fill("Name", "x");

    expect((await ada.submit()).outcome).toBe("trouble");
    expect(ada.modal?.title).toBe("One");
    expect(scene.slack.forgive(/invalid view/)).toEqual([
      "view_submission one (update): invalid view: must be less than 25 characters [json-pointer:/view/title/text]",
    ]);
  });

  test("counts once when the same form is delivered twice", async () => {
    const ada = await opened(modal("Rename"));
    const hashes: string[] = [];
    scene.app.view("rename", async ({ ack, view }) => {
      hashes.push(`${view.id} ${view.hash}`);
      await ack();
    });
    ada.fill("Name", "x");

    expect(await ada.submit({ deliverTwice: true })).toEqual({ outcome: "closed" });
    expect(hashes).toHaveLength(2);
    expect(new Set(hashes).size).toBe(1);
  });
});

describe("the bot's own calls about views", () => {
  test("change a view that is open, unless its hash is an old one", async () => {
    const ada = await opened(modal("One"));
    const { client } = scene.app;
    const [id, hash] = [ada.modal?.id ?? "", ada.modal?.hash ?? ""];
    ada.fill("Name", "typed meanwhile");

    await client.views.update({ view_id: id, hash, view: modal("Two") });
    expect(ada.modal?.title).toBe("Two");
    expect(ada.value("Name")).toBe("typed meanwhile");
    await expect(
      client.views.update({ view_id: id, hash, view: modal("Three") }),
    ).rejects.toMatchObject({ data: { ok: false, error: "hash_conflict" } });
  });

  test("do not find a view that was sent, or that was closed", async () => {
    const ada = await opened(modal("One"));
    scene.app.view("one", async ({ ack }) => ack());
    const id = ada.modal?.id ?? "";
    ada.fill("Name", "x");
    await ada.submit();

    const late = scene.app.client.views.update({ view_id: id, view: modal("Late") });
    await expect(late).rejects.toMatchObject({ data: { error: "not_found" } });
  });

  test("find a view by its external id, which nothing else open may have", async () => {
    const ada = await opened(modal("One", undefined, { external_id: "request-1" }));
    const { client } = scene.app;

    await client.views.update({
      external_id: "request-1",
      view: modal("Two", undefined, { external_id: "request-1" }),
    });
    expect(ada.modal?.title).toBe("Two");
    scene.app.command("/snapshot", async ({ ack }) => ack());
    scene.app.shortcut("again", async ({ ack, body, client }) => {
      await ack();
      const view = modal("Other", undefined, { external_id: "request-1" });
      await client.views.open({ trigger_id: body.trigger_id, view }).catch(() => undefined);
    });
    await scene.slack.person("ben").shortcut("again");
    const call = await scene.slack.until(() => scene.slack.journal.callsOf("views.open")[1]);
    expect(call.verdict).toBe("duplicate_external_id");
  });

  test("push onto an open modal, with a trigger from inside of it", async () => {
    const ada = await opened(
      modal("One", [
        {
          type: "actions",
          elements: [
            { type: "button", action_id: "more", text: { type: "plain_text", text: "More" } },
          ],
        },
      ]),
    );
    scene.app.action("more", async ({ ack, body, client }) => {
      await ack();
      if (!("trigger_id" in body)) return;
      await client.views.push({ trigger_id: body.trigger_id, view: modal("Two") });
    });

    await ada.press("More");
    await scene.slack.until(() => ada.modal?.title === "Two");

    expect(ada.modal?.view.previous).toBe(ada.modals()[0]?.id);
    expect(ada.modal?.view.root).toBe(ada.modals()[0]?.id);
  });

  test("answer with every default said", async () => {
    await opened(
      modal("One", [section("Hi"), textInput("Name", "name")], { private_metadata: "request-7" }),
    );
    const { answer } = scene.slack.journal.callsOf("views.open")[0] ?? {};

    expect(answer).toMatchObject({
      ok: true,
      view: {
        type: "modal",
        private_metadata: "request-7",
        external_id: "",
        clear_on_close: false,
        notify_on_close: false,
        title: { type: "plain_text", text: "One", emoji: true },
        close: null,
        blocks: [
          {
            block_id: expect.stringMatching(/^.{5}$/),
            text: { type: "mrkdwn", text: "Hi", verbatim: false },
          },
          { block_id: "name", optional: false, dispatch_action: false },
        ],
      },
    });
  });
});

describe("a trigger", () => {
  const tryToOpen = async (wait: () => void, times = 1) => {
    const { slack, app } = scene;
    const errors: string[] = [];
    app.command("/snapshot", async ({ ack, client, body }) => {
      await ack();
      wait();
      for (let time = 0; time < times; time += 1) {
        await client.views
          .open({ trigger_id: body.trigger_id, view: modal("One") })
          .then(() => errors.push("ok"))
          .catch((error) => errors.push(error.data.error));
      }
    });
    await slack.person("ada").command("#ops", "/snapshot");
    return await slack.until(() => errors.length === times && errors);
  };

  test("is good for three seconds", async () => {
    expect(await tryToOpen(() => clock.advance(3001))).toEqual(["expired_trigger_id"]);
  });

  test("is good once", async () => {
    expect(await tryToOpen(() => undefined, 2)).toEqual(["ok", "exchanged_trigger_id"]);
  });

  test("is one that Slack gave out", async () => {
    const made = scene.app.client.views.open({ trigger_id: "1.2.abc", view: modal("One") });
    await expect(made).rejects.toMatchObject({ data: { error: "invalid_trigger_id" } });
  });

  test("is the same in two deliveries of one command, so that one modal opens", async () => {
    const { slack, app } = scene;
    const outcomes: string[] = [];
    app.command("/snapshot", async ({ ack, client, body }) => {
      await ack();
      await client.views
        .open({ trigger_id: body.trigger_id, view: modal("One") })
        .then(() => outcomes.push("ok"))
        .catch((error) => outcomes.push(error.data.error));
    });

    await slack.person("ada").command("#ops", "/snapshot", { deliverTwice: true });
    await slack.until(() => outcomes.length === 2);

    expect(outcomes.sort()).toEqual(["exchanged_trigger_id", "ok"]);
    expect(slack.person("ada").modals()).toHaveLength(1);
  });
});

describe("Cancel", () => {
  test("is told to the bot only if the view asked for it", async () => {
    const told: string[] = [];
    scene.app.view({ callback_id: "one", type: "view_closed" }, async ({ ack, body }) => {
      told.push(`${body.view.callback_id} ${"is_cleared" in body && body.is_cleared}`);
      await ack();
    });
    const ada = await opened(modal("One", undefined, { notify_on_close: true }));

    await ada.close();

    expect(told).toEqual(["one false"]);
    expect(ada.modals()).toEqual([]);
  });

  test("closes everything if the view says so", async () => {
    const ada = await opened(modal("One"));
    scene.app.view("one", async ({ ack }) =>
      ack({ response_action: "push", view: modal("Two", undefined, { clear_on_close: true }) }),
    );
    ada.fill("Name", "x");
    await ada.submit();

    await ada.close();

    expect(ada.modals()).toEqual([]);
    expect(scene.slack.journal.deliveries).toHaveLength(2);
  });
});
