import { Refusal } from "./errors.ts";
import { findKey, isExpired } from "./keys.ts";
import type { Key } from "./model.ts";
import type { World } from "./world.ts";

const notAuthenticated = (): Refusal =>
  new Refusal(401, "not_authenticated", "Authentication credentials were not provided.");

const notValid = (message: string): Refusal => new Refusal(401, "token_not_valid", message);

/** Is the header one that a client of ours should ever send? */
export const isApiKeyHeader = (header: string | undefined): boolean =>
  header !== undefined && /^apikey \S+$/i.test(header);

/** Whose key it is, or the refusal that says what is wrong with the header. */
export function authenticate(world: World, header: string | undefined): Key {
  const [scheme = "", token, ...more] = (header ?? "").trim().split(/\s+/);
  if (scheme.toLowerCase() === "bearer") {
    throw notValid("Given token not valid for any token type");
  }
  if (scheme.toLowerCase() !== "apikey" || token === undefined || more.length > 0) {
    throw notAuthenticated();
  }
  // A key that a shell cut at its `$` arrives as the number alone, and the API repeats that.
  if (!/^\d+[_$]./.test(token)) {
    throw notValid(`${world.knobs.badToken}: ${token.replace(/[_$].*$/, "").slice(0, 8)}`);
  }
  const key = findKey(world, token);
  if (key === undefined || key.deleted || isExpired(world, key)) {
    throw notValid("Token is invalid or expired");
  }
  key.last_usage = world.clock.now();
  return key;
}
