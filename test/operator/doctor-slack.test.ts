import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { channels, startSlack } from "../../playground/slack/slack.ts";
import { about, doctorScene } from "./doctor-scene.ts";

const at = doctorScene();

describe("doctor, about Slack,", () => {
  test("tells a token that is refused, and leaves what hangs on it", async () => {
    const ran = await at.examine({ SLACK_BOT_TOKEN: "xoxb-0000000-not-this-one" });
    expect(ran.code).toBe(1);
    expect(about(ran, "Slack")).toBe(
      "✗ wrong    Slack: SLACK_BOT_TOKEN is refused: invalid_auth.\n" +
        "           To do: copy the Bot User OAuth Token into SLACK_BOT_TOKEN again, from OAuth & Permissions.",
    );
    for (const check of ["Scopes", "Audit channels"]) {
      expect(about(ran, check)).toBe(
        `- skipped  ${check}: not looked at: Slack did not say who the bot is.`,
      );
    }
    expect(about(ran, "Clock")).toContain("✓ well");
  });

  test.each([
    ["account_inactive", "install the app to the workspace again"],
    ["token_revoked", "install the app to the workspace again"],
  ])("answers %s with: %s", async (error, todo) => {
    at.slack.faults.next("auth.test", { kind: "error", error });
    expect(about(await at.examine(), "Slack")).toContain(`To do: ${todo}`);
  });

  test.each([
    ["answers with an error page", { kind: "status", status: 503 }, "HTTP 503"],
    ["cuts the connection", { kind: "cut", when: "before" }, "the connection was cut"],
    ["never answers", { kind: "hang", when: "before" }, "nothing came in time"],
  ] as const)("says so when it %s, within a few seconds", async (_what, fault, words) => {
    at.slack.faults.next("auth.test", fault);
    const began = performance.now();
    const ran = await at.examine();
    expect(performance.now() - began).toBeLessThan(9_000);
    expect(ran.code).toBe(1);
    expect(about(ran, "Slack")).toContain(`✗ wrong    Slack: there is no answer: ${words}`);
  });

  test("names the scopes that are missing, which to add, and which only the doctor needs", async () => {
    at.slack.setScopes(["commands", "chat:write", "users:read", "channels:read"]);
    const ran = await at.examine();
    expect(ran.code).toBe(1);
    expect(about(ran, "Scopes")).toBe(
      "✗ wrong    Scopes: missing: usergroups:read, files:write.\n" +
        "           To do: add usergroups:read, files:write, groups:read in your app's settings under OAuth & Permissions, and install the app again.",
    );
    at.slack.setScopes(["commands", "chat:write", "users:read", "usergroups:read", "files:write"]);
    const without = await at.examine();
    expect(without.code).toBe(0);
    expect(about(without, "Scopes")).toContain(
      "! warning  Scopes: missing: channels:read, groups:read.",
    );
    expect(about(without, `Audit channel ${channels.audit}`)).toContain(
      "- skipped  Audit channel C0AUDIT0001: not looked at: it takes the scope channels:read",
    );
  });

  test("tries the app token in Socket Mode, where no signing secret is needed", async () => {
    const socket = { SLACK_APP_TOKEN: at.slack.appToken, SLACK_SIGNING_SECRET: "" };
    const ran = await at.examine(socket);
    expect(ran.code).toBe(0);
    expect(about(ran, "Settings")).toContain("the bot would use Socket Mode");
    expect(about(ran, "Socket Mode")).toBe(
      "✓ well     Socket Mode: SLACK_APP_TOKEN opens a connection.",
    );
    expect(ran.out).not.toContain("Signing secret");
    expect(ran.out).not.toContain("Public address");
    expect(at.slack.socket.connections()).toBe(0);
    const other = await at.examine({ ...socket, SLACK_APP_TOKEN: "xapp-0-not-this-one" });
    expect(other.code).toBe(1);
    expect(about(other, "Socket Mode")).toContain("To do: turn Socket Mode on");
  });

  test("tells an app token without the right to connect", async () => {
    const weak = await startSlack({ appScopes: ["authorizations:read"] });
    const ran = await at.examine({ SLACK_API_URL: weak.apiUrl, SLACK_APP_TOKEN: weak.appToken });
    await weak.stop();
    expect(about(ran, "Socket Mode")).toBe(
      "✗ wrong    Socket Mode: SLACK_APP_TOKEN is refused: missing_scope.\n" +
        "           To do: make an app-level token with the scope connections:write, under Basic Information.",
    );
  });
});

describe("doctor, about the audit channels,", () => {
  test.each([
    [channels.lobby, "✗ wrong", "the bot is not in #lobby.", "type /invite @snapshot in #lobby."],
    [channels.old, "✗ wrong", "#old is archived, and takes no messages.", "unarchive it"],
    [channels.secret, "✗ wrong", "there is none with this id, or it is private", "correct the id"],
    ["C0NOWHERE01", "✗ wrong", "there is none with this id, or it is private", "correct the id"],
    [channels.warRoom, "✓ well", "the bot is in #war-room.", ""],
  ])("says of %s: %s", async (id, mark, said, todo) => {
    const ran = await at.examine({ AUDIT_CHANNELS: `${channels.audit},${id}` });
    const text = about(ran, `Audit channel ${id}`);
    expect(text.startsWith(mark)).toBe(true);
    expect(text).toContain(said);
    expect(text).toContain(todo);
    expect(ran.code).toBe(mark === "✗ wrong" ? 1 : 0);
  });

  test("looks at those of the policy's rules too", async () => {
    const file = join(at.folder, "policy.yml");
    await writeFile(
      file,
      `rules:\n  - name: all\n    confirm: requester\n    announce:\n      channels: [${channels.lobby}]\n`,
    );
    const ran = await at.examine({ POLICY_FILE: file, AUDIT_CHANNELS: "" });
    expect(about(ran, "Audit channels")).toContain("! warning  Audit channels: none is set");
    expect(about(ran, `Audit channel ${channels.lobby}`)).toContain("the bot is not in #lobby");
  });

  test("does not let a channel's name into the terminal as it is", async () => {
    at.slack.faults.next("conversations.info", {
      kind: "answer",
      answer: {
        status: 200,
        body: JSON.stringify({
          ok: true,
          channel: { name: "a\u001b[2Jb\n✓ well", is_member: true },
        }),
      },
    });
    const { out } = await at.examine({ AUDIT_CHANNELS: channels.audit });
    expect(out).not.toContain("\u001b");
    expect(out).toContain("#a⟨U+001B⟩[2Jb⟨U+000A⟩✓ well.");
  });
});
