import type { FormValues } from "../../slack/form.ts";
import type { Json, JsonObject } from "../../slack/json.ts";
import type { Action } from "../actions.ts";
import { act, type Outcome } from "./net.ts";
import { notice } from "./notice.ts";

/** How long somebody may pause while typing before it is sent. */
const PAUSE_MS = 200;

type At = Extract<Action, { do: "put" }>["at"];

/** The person, and the view or the message. */
export type FieldsOf =
  | { readonly as: string; readonly view: string }
  | { readonly as: string; readonly channel: string; readonly ts: string };

/** Something that was put into a field. */
interface Own {
  readonly at: At;
  readonly value: Json;
  /** The state that knows of it, and every later one; until then the page's own word counts. */
  since: number | undefined;
  outcome: Promise<Outcome>;
}

const keyOf = ({ block, action }: Pick<At, "block" | "action">): string =>
  JSON.stringify([block, action]);

const bare = ({ type: _, ...slot }: JsonObject): Json => Object.values(slot)[0] ?? null;

/** What stands in the fields of a view or of a message: put in here, or told by the local Slack. */
export class Fields {
  readonly #of: FieldsOf;
  readonly #tell: typeof act;
  #given: FormValues = {};
  readonly #own = new Map<string, Own>();
  readonly #waiting = new Set<Own>();
  readonly #followers = new Map<string, () => void>();
  #isLeft = false;
  #sending: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param tell how the local Slack is told */
  constructor(of: FieldsOf, tell: typeof act = act) {
    this.#of = of;
    this.#tell = tell;
  }

  get as(): string {
    return this.#of.as;
  }

  at(block: string, action: string): At {
    const { as: _, ...where } = this.#of;
    return { ...where, block, action };
  }

  value(block: string, action: string): Json {
    const own = this.#own.get(keyOf({ block, action }));
    return own === undefined ? bare(this.#given[block]?.[action] ?? {}) : own.value;
  }

  /** Calls `show` with the value of a field now, and whenever it may have changed. */
  follow(block: string, action: string, show: (value: Json) => void): void {
    const again = (): void => show(this.value(block, action));
    this.#followers.set(keyOf({ block, action }), again);
    again();
  }

  /** Shows once more what stands in a field: something else was chosen, and taken back. */
  refresh(block: string, action: string): void {
    this.#followers.get(keyOf({ block, action }))?.();
  }

  /** Takes what the local Slack says, but for what it cannot know yet. */
  update(given: FormValues, revision: number): void {
    this.#given = given;
    for (const [key, { since }] of this.#own) {
      if (since !== undefined && since <= revision) this.#own.delete(key);
    }
    this.#show();
  }

  /** Notes what is typed; it is sent after a short pause. */
  type(block: string, action: string, value: string): void {
    this.#note(block, action, value);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.settle(), PAUSE_MS);
  }

  /** Puts a value in and sends it at once. @returns what became of it, once the bot answered. */
  async put(block: string, action: string, value: Json): Promise<Outcome> {
    const own = this.#note(block, action, value);
    await this.settle();
    return await own.outcome;
  }

  /** Sends what waits, and has nothing more to say: the view is out of sight. */
  leave(): void {
    this.#isLeft = true;
    void this.settle();
  }

  /** Forgets what waits: the view is being closed. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  /** Sends what waits, and is done when all of it has arrived at the local Slack. */
  settle(): Promise<void> {
    clearTimeout(this.#timer);
    const entries = [...this.#waiting];
    this.#waiting.clear();
    this.#sending = this.#sending.then(async () => {
      for (const own of entries) await this.#send(own);
    });
    return this.#sending;
  }

  #note(block: string, action: string, value: Json): Own {
    const key = keyOf({ block, action });
    const before = this.#own.get(key);
    if (before !== undefined) this.#waiting.delete(before);
    const at = this.at(block, action);
    const own: Own = { at, value, since: undefined, outcome: Promise.resolve({}) };
    this.#own.set(key, own);
    this.#waiting.add(own);
    return own;
  }

  async #send(own: Own): Promise<void> {
    const { at, value } = own;
    const { refused, revision, isReported } = await this.#tell({
      do: "put",
      as: this.as,
      at,
      value,
    });
    own.since = revision;
    if (refused !== undefined) {
      if (!this.#isLeft) notice(refused);
      const key = keyOf(at);
      if (this.#own.get(key) === own) this.#own.delete(key);
      this.#show();
    } else if (isReported === true) own.outcome = this.#tell({ do: "report", as: this.as, at });
  }

  #show(): void {
    for (const show of this.#followers.values()) show();
  }
}
