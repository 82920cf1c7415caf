import { type Check, list, type Report } from "../blocks/check.ts";
import { menuOption, optionGroup } from "../blocks/composition.ts";
import { withDefaults } from "../blocks/defaults.ts";
import { worded } from "../blocks/validate.ts";
import type { Placed } from "../blocks/walk.ts";
import { complain } from "../delivery/courier.ts";
import type { Delivery } from "../journal.ts";
import { asString, isObject, type JsonObject } from "../json.ts";
import { whoAndWhere } from "../payloads.ts";
import { containerOf, type Place, surroundings } from "./act.ts";
import { type Client, tell } from "./client.ts";

/** What the menu says when nothing came, or nothing in time. */
const NO_RESULTS = "No results";

/** The fewest characters that Slack waits for before it asks. */
export const minQueryLength = ({ min_query_length: least }: JsonObject): number =>
  typeof least === "number" ? least : 3;

/** Asks the bot for the options of a menu that knows none itself: `options`, or `option_groups`. */
export async function suggest(
  client: Client,
  place: Place,
  { block, element }: Placed,
  typed: string,
): Promise<JsonObject> {
  const least = minQueryLength(element);
  if (typed.length < least) throw new Error(`Slack asks only after ${least} characters`);
  if (!client.core.features.asksForOptions) {
    client.errors.push(NO_RESULTS);
    return { options: [] };
  }
  const payload = {
    type: "block_suggestion",
    ...whoAndWhere(client.core, client.member),
    container: containerOf(place),
    action_id: asString(element.action_id),
    block_id: asString(block.block_id),
    value: typed,
    ...surroundings(client, place),
  };
  const label = `block_suggestion ${asString(element.action_id)}`;
  const delivery = await tell(client, { kind: "interactive", label, payload }, {});
  const options = delivery.failure === undefined ? readOptions(client, delivery) : undefined;
  if (options === undefined) client.errors.push(NO_RESULTS);
  return options ?? { options: [] };
}

const readOptions = (client: Client, delivery: Delivery): JsonObject | undefined => {
  const { answer } = delivery;
  const { core } = client;
  const given = isObject(answer) ? (answer.options ?? answer.option_groups) : undefined;
  if (!isObject(answer) || given === undefined) {
    complain(core, delivery, `an answer without options: ${delivery.body}`);
    return undefined;
  }
  const isFlat = answer.options !== undefined;
  const check: Check = list(isFlat ? menuOption : optionGroup, 100, 0);
  const report: Report = { surface: "modal", complaints: [] };
  check(given, isFlat ? "/options" : "/option_groups", report);
  for (const error of worded(report.complaints))
    complain(core, delivery, `invalid option: ${error}`);
  for (const sentence of core.foreign.inBlocks(given, "/options"))
    complain(core, delivery, sentence);
  return report.complaints.length > 0
    ? undefined
    : { [isFlat ? "options" : "option_groups"]: withDefaults(given) };
};
