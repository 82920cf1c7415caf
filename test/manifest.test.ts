import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { emissions } from "../playground/gallery/emissions.ts";
import { foreigns } from "../playground/gallery/foreign.ts";
import { LISTENERS } from "../src/app.ts";
import { type Deliveries, filledManifest } from "../src/operator/manifest.ts";
import { createOracle, type Oracle } from "./oracle/oracle.ts";

interface Manifest {
  readonly display_information: {
    readonly name: string;
    readonly description: string;
    readonly background_color: string;
  };
  readonly features: {
    readonly bot_user: { readonly display_name: string };
    readonly slash_commands: readonly {
      readonly command: string;
      readonly url: string;
      readonly description: string;
      readonly usage_hint: string;
      readonly should_escape: boolean;
    }[];
    readonly app_home: { readonly home_tab_enabled: boolean };
    readonly shortcuts: readonly {
      readonly name: string;
      readonly callback_id: string;
      readonly description: string;
    }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: {
    readonly socket_mode_enabled: boolean;
    readonly event_subscriptions: {
      readonly request_url: string;
      readonly bot_events: readonly string[];
    };
    readonly interactivity: {
      readonly is_enabled: boolean;
      readonly request_url: string;
      readonly message_menu_options_url: string;
    };
  };
}

let manifest: Manifest;
let oracle: Oracle;
beforeAll(async () => {
  manifest = parse(await readFile(new URL("../manifest.yml", import.meta.url), "utf8"));
  oracle = createOracle();
});

describe("manifest.yml", () => {
  test("is one that Slack's own types allow", () => {
    expect(oracle.complaints("OracleManifest", manifest)).toEqual([]);
    const extra = { ...manifest, display_information: { name: "x", colour: "red" } };
    expect(oracle.complaints("OracleManifest", extra)).not.toEqual([]);
    const wrong = { ...manifest, oauth_config: { scopes: { bot: ["chat:wrote"] } } };
    expect(oracle.complaints("OracleManifest", wrong)).not.toEqual([]);
  });

  test("keeps within the lengths that Slack allows", () => {
    const { display_information: shown, features } = manifest;
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description.length).toBeLessThanOrEqual(140);
    expect(shown.background_color).toMatch(/^#[0-9a-f]{6}$/i);
    expect(features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    for (const { command, description, usage_hint } of features.slash_commands) {
      expect(command).toMatch(/^\/[a-z-]{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(usage_hint.length).toBeLessThanOrEqual(1000);
    }
  });

  test("declares the commands that are listened to, and no other", () => {
    const declared = manifest.features.slash_commands.map(({ command }) => command);
    expect(declared).toEqual(Object.keys(LISTENERS.commands));
  });

  test("declares the shortcuts and events that are listened to, and no other", () => {
    const shortcuts = manifest.features.shortcuts.map(({ callback_id }) => callback_id);
    expect(shortcuts).toEqual(Object.keys(LISTENERS.shortcuts));
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(Object.keys(LISTENERS.events));
    expect(manifest.features.app_home.home_tab_enabled).toBe(true);
    for (const { name, description } of manifest.features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });

  test("sends everything to one address over https", () => {
    const urls = [
      manifest.settings.interactivity.request_url,
      // Without it Slack says "No results" in every menu, and nothing else.
      manifest.settings.interactivity.message_menu_options_url,
      manifest.settings.event_subscriptions.request_url,
      ...manifest.features.slash_commands.map(({ url }) => url),
    ];
    expect(new Set(urls).size).toBe(1);
    for (const url of urls) expect(url).toMatch(/^https:\/\/[^/]+\/slack\/events$/);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.settings.socket_mode_enabled).toBe(false);
  });

  test("asks for the least: to take commands, to write, to know who may decide, to hand over files, and to look at the audit channels", () => {
    expect(manifest.oauth_config.scopes.bot).toEqual([
      "commands",
      "chat:write",
      "users:read",
      "usergroups:read",
      "files:write",
      "channels:read",
      "groups:read",
    ]);
  });
});

describe("the manifest that setup prints", () => {
  const ADDRESS = "https://bot.acme.example/snapshots";
  const filled = (deliveries: Deliveries): Manifest => parse(filledManifest(deliveries));

  test.each<Deliveries>([{ address: ADDRESS }, "Socket Mode"])(
    "is one that Slack's own types allow: %j",
    (deliveries) => {
      expect(oracle.complaints("OracleManifest", filled(deliveries))).toEqual([]);
      expect(filledManifest(deliveries)).not.toContain("example.com");
    },
  );

  test("differs from manifest.yml in the bot's address alone", () => {
    const { display_information, features, oauth_config, settings } = filled({ address: ADDRESS });
    const ours = JSON.stringify({ display_information, features, oauth_config, settings });
    const { _metadata: _, ...given } = manifest as Manifest & { _metadata: unknown };
    expect(JSON.parse(ours.replaceAll(ADDRESS, "https://snapshot-bot.example.com"))).toEqual(given);
  });

  test("for Socket Mode has no address, and is the same beside that", () => {
    const text = filledManifest("Socket Mode");
    expect(text).not.toMatch(/https?:/);
    const socket = parse(text);
    expect(socket.settings.socket_mode_enabled).toBe(true);
    expect(socket.settings.interactivity).toEqual({ is_enabled: true });
    expect(socket.settings.event_subscriptions).toEqual({ bot_events: ["app_home_opened"] });
    expect(socket.oauth_config).toEqual(manifest.oauth_config);
    const [command] = socket.features.slash_commands;
    const [{ url: _, ...same } = { url: "" }] = manifest.features.slash_commands;
    expect(command).toEqual(same);
  });

  test.each<Deliveries>([{ address: ADDRESS }, "Socket Mode"])(
    "says why it asks for each scope that is not obvious, and no longer how to fill it in: %j",
    (deliveries) => {
      const text = filledManifest(deliveries);
      expect(text.split("\n")[0]).toMatch(/^# The Slack app of /);
      expect(text.match(/^ +# /gm)?.length).toBeGreaterThanOrEqual(3);
      expect(text).not.toMatch(/Replace|set socket_mode/);
    },
  );
});

interface Element {
  readonly type?: string;
  readonly action_id?: string;
}
interface Input {
  readonly dispatch_action?: boolean;
  readonly element?: Element;
}
/** What stands in a row of buttons and menus, or beside a text: each click on it is reported. */
const clickable = ({ blocks }: { readonly blocks: readonly object[] }): readonly Element[] =>
  blocks.flatMap((block) => [
    ...("elements" in block && "type" in block && block.type === "actions"
      ? (block.elements as readonly Element[])
      : []),
    ...("accessory" in block ? [block.accessory as Element] : []),
  ]);
const inputsOf = ({ blocks }: { readonly blocks: readonly object[] }): readonly Input[] =>
  blocks.filter((block) => "type" in block && block.type === "input") as readonly Input[];

describe("everything that can be clicked", () => {
  test("has a listener", () => {
    const ids = new Set<string>();
    for (const { body } of emissions(foreigns.ordinary)) {
      for (const element of clickable(body)) ids.add(String(element.action_id));
      for (const { dispatch_action: reports, element } of inputsOf(body)) {
        if (reports === true) ids.add(String(element?.action_id));
      }
    }
    expect([...ids].sort()).toEqual(Object.keys(LISTENERS.clicks).sort());
  });

  test("every menu that asks for its options has somebody to ask", () => {
    const ids = new Set<string>();
    for (const { body } of emissions(foreigns.ordinary)) {
      for (const { element } of inputsOf(body)) {
        if (element?.type?.endsWith("external_select")) ids.add(String(element.action_id));
      }
    }
    expect([...ids].sort()).toEqual(Object.keys(LISTENERS.suggestions).sort());
  });

  test("every view that can be sent off has a listener", () => {
    const ids = new Set<string>();
    for (const emission of emissions(foreigns.ordinary)) {
      if (emission.kind === "view" && emission.body.submit !== undefined) {
        ids.add(emission.body.callback_id ?? "");
      }
    }
    expect([...ids].sort()).toEqual(Object.keys(LISTENERS.submissions).sort());
  });
});
