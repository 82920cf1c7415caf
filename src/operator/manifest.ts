import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

/** How deliveries come to the bot: at a public address, or by Socket Mode, which needs none. */
export type Deliveries = { readonly address: string } | "Socket Mode";

/** The address in the manifest that stands for the bot's own. */
const EXAMPLE = "https://snapshot-bot.example.com";

const manifestText = (): string =>
  readFileSync(new URL("../../manifest.yml", import.meta.url), "utf8");

/** The scopes that the manifest asks for. */
export function manifestScopes(): readonly string[] {
  const shape = z.object({
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  });
  return shape.parse(parse(manifestText())).oauth_config.scopes.bot;
}

/** manifest.yml filled in for one bot, its comments kept but for those about filling it in. */
export function filledManifest(deliveries: Deliveries): string {
  const lines = manifestText().split("\n");
  const body = lines.slice(lines.findIndex((line) => !line.startsWith("#")));
  if (deliveries !== "Socket Mode") {
    const head = `# The Slack app of the bot at ${deliveries.address}.`;
    return [head, ...body].join("\n").replaceAll(EXAMPLE, () => deliveries.address);
  }
  return [
    "# The Slack app of a bot that uses Socket Mode: Slack sends to no address.",
    ...body.filter((line) => !line.includes(EXAMPLE)),
  ]
    .join("\n")
    .replace("socket_mode_enabled: false", "socket_mode_enabled: true");
}
