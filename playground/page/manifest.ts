import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";

const schema = z.object({
  display_information: z.object({ name: z.string() }),
  features: z.object({
    slash_commands: z.array(
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string().optional() }),
    ),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
});

/** What the local Slack and the page take from the app's manifest. */
export async function readManifest() {
  const text = await readFile(new URL("../../manifest.yml", import.meta.url), "utf8");
  const { display_information, features, oauth_config } = schema.parse(parse(text));
  return {
    name: display_information.name,
    scopes: oauth_config.scopes.bot,
    commands: features.slash_commands.map(({ command, description, usage_hint = "" }) => ({
      command,
      description,
      usageHint: usage_hint,
    })),
  };
}
