import { scrub } from "../log.ts";
import type { World } from "./command.ts";

const SECRET_SETTINGS = [
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_APP_TOKEN",
  "KEY_RING",
  "DATABASE_URL",
];

/** Shorter ones would be found in ordinary words. */
const SHORTEST = 6;

/**
 * Cuts every secret of the settings out of a text, whole or in part, whoever put it there: a server
 * may repeat what it was sent.
 */
export function secretCutter({
  environment,
}: Pick<World, "environment">): (text: string) => string {
  const secrets = SECRET_SETTINGS.flatMap((name) => partsOf(environment[name] ?? ""))
    .filter((part) => part.length >= SHORTEST)
    .sort((one, other) => other.length - one.length);
  return (text) => scrub(secrets.reduce((kept, secret) => kept.replaceAll(secret, "[cut]"), text));
}

/** The setting, each key of a ring, and the password of an address as it stands and as it is meant. */
function partsOf(setting: string): readonly string[] {
  // The path of an SQLite database is no secret.
  if (setting.startsWith("sqlite:")) return [];
  // The id of a key is none either.
  const keys = setting.split(/[\s,]+/).map((key) => key.slice(key.indexOf(":") + 1));
  const password = URL.canParse(setting) ? new URL(setting).password : "";
  return [setting, ...(setting.includes("://") ? [] : keys), password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
