import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import type { Features } from "../slack/features.ts";

const schema = z.object({
  display_information: z.object({ name: z.string() }),
  features: z.object({
    bot_user: z.object({ display_name: z.string() }),
    app_home: z
      .object({
        home_tab_enabled: z.boolean().default(false),
        messages_tab_enabled: z.boolean().default(true),
        messages_tab_read_only_enabled: z.boolean().default(false),
      })
      .prefault({}),
    shortcuts: z
      .array(
        z.object({
          type: z.enum(["global", "message"]),
          name: z.string(),
          callback_id: z.string(),
          description: z.string(),
        }),
      )
      .default([]),
    slash_commands: z.array(
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string().optional() }),
    ),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}),
    interactivity: z.object({ message_menu_options_url: z.string().optional() }),
    socket_mode_enabled: z.boolean().default(false),
  }),
});

type Manifest = z.infer<typeof schema>;

const featuresOf = ({ features, settings }: Manifest): Features => ({
  hasHomeTab: features.app_home.home_tab_enabled,
  hasMessagesTab: features.app_home.messages_tab_enabled,
  isReadOnly: features.app_home.messages_tab_read_only_enabled,
  events: settings.event_subscriptions.bot_events,
  asksForOptions:
    settings.socket_mode_enabled || settings.interactivity.message_menu_options_url !== undefined,
  shortcuts: features.shortcuts.map(({ callback_id: callbackId, ...one }) => ({
    ...one,
    callbackId,
  })),
});

/** What the local Slack and the page take from the app's manifest. */
export const readManifest = async () =>
  manifestIn(await readFile(new URL("../../manifest.yml", import.meta.url), "utf8"));

/** The same of any manifest, by its text. */
export function manifestIn(text: string) {
  const manifest = schema.parse(parse(text));
  const { display_information, features, oauth_config, settings } = manifest;
  return {
    name: display_information.name,
    botName: features.bot_user.display_name,
    usesSocket: settings.socket_mode_enabled,
    scopes: oauth_config.scopes.bot,
    features: featuresOf(manifest),
    commands: features.slash_commands.map(({ command, description, usage_hint = "" }) => ({
      command,
      description,
      usageHint: usage_hint,
    })),
  };
}
