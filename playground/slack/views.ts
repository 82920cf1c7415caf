import type { Clock } from "../clock.ts";
import { blocksWithDefaults, withDefaults } from "./blocks/defaults.ts";
import type { Changes } from "./changes.ts";
import { type FormValues, initialValues, keptValues } from "./form.ts";
import { newHash, newId } from "./ids.ts";
import { asString, type JsonObject, objectsOf } from "./json.ts";

/** How many views a modal can have on top of each other. */
export const STACK_LIMIT = 3;

/** A view that somebody has before them: one of the views of a modal, or their home tab. */
export interface View {
  readonly id: string;
  readonly user: string;
  readonly type: "modal" | "home";
  readonly root: string;
  readonly previous: string | null;
  readonly hash: string;
  /** As the bot sent it, with Slack's defaults said. */
  readonly content: JsonObject;
  readonly blocks: readonly JsonObject[];
  readonly values: FormValues;
  /** What stands under the inputs in red, by block id. */
  readonly errors: Readonly<Record<string, string>>;
}

export type ViewError =
  | "not_found"
  | "hash_conflict"
  | "push_limit_reached"
  | "duplicate_external_id";

/** The modals that people have open, each a stack of views, and their home tabs. */
export class Views {
  readonly #stacks = new Map<string, readonly View[]>();
  readonly #homes = new Map<string, View>();
  readonly #clock: Clock;
  readonly #changes: Changes;

  constructor(clock: Clock, changes: Changes) {
    this.#clock = clock;
    this.#changes = changes;
  }

  /** What a person has open, the root first. */
  stack(user: string): readonly View[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string): View | undefined {
    return this.#homes.get(user);
  }

  find(id: string): View | undefined {
    return this.#everything().find((view) => view.id === id);
  }

  withExternalId(externalId: string): View | undefined {
    if (externalId === "") return undefined;
    return this.#everything().find((view) => view.content.external_id === externalId);
  }

  /** Opens a modal, in place of what the person had open. */
  open(user: string, content: JsonObject, channel?: string): View | ViewError {
    if (this.#isTaken(content)) return "duplicate_external_id";
    const id = newId("V");
    const view = this.#view(
      { id, user, type: "modal", root: id, previous: null },
      content,
      channel,
    );
    this.#setStack(user, [view]);
    return view;
  }

  /** Puts a view on top of one that is open. */
  push(user: string, content: JsonObject): View | ViewError {
    const stack = this.stack(user);
    const top = stack.at(-1);
    if (top === undefined) return "not_found";
    if (stack.length >= STACK_LIMIT) return "push_limit_reached";
    if (this.#isTaken(content)) return "duplicate_external_id";
    const place = {
      id: newId("V"),
      user,
      type: "modal",
      root: top.root,
      previous: top.id,
    } as const;
    const view = this.#view(place, content);
    this.#setStack(user, [...stack, view]);
    return view;
  }

  /**
   * Puts other content into a view. What was typed stays only in the inputs that keep both their
   * block id and their action id.
   */
  update(id: string, content: JsonObject, hash?: string): View | ViewError {
    const before = this.find(id);
    if (before === undefined) return "not_found";
    if (hash !== undefined && hash !== before.hash) return "hash_conflict";
    if (this.#isTaken(content, id)) return "duplicate_external_id";
    const fresh = this.#view(before, content);
    return this.#replace({ ...fresh, values: keptValues(before, fresh) });
  }

  /** Shows a person their home tab. */
  publish(user: string, content: JsonObject, hash?: string): View | ViewError {
    const before = this.#homes.get(user);
    if (before !== undefined) return this.update(before.id, content, hash);
    if (hash !== undefined) return "hash_conflict";
    if (this.#isTaken(content)) return "duplicate_external_id";
    const id = newId("V");
    const view = this.#view({ id, user, type: "home", root: id, previous: null }, content);
    this.#homes.set(user, view);
    this.#changes.tell({ kind: "home", about: user });
    return view;
  }

  /** Changes what stands in an input. */
  enter(id: string, blockId: string, actionId: string, value: JsonObject): void {
    const view = this.find(id);
    if (view === undefined) return;
    const values = { ...view.values, [blockId]: { ...view.values[blockId], [actionId]: value } };
    this.#replace({ ...view, values });
  }

  /** Shows errors under inputs, or takes them away. */
  showErrors(id: string, errors: Readonly<Record<string, string>>): void {
    const view = this.find(id);
    if (view !== undefined) this.#replace({ ...view, errors });
  }

  /** Takes one view, and whatever is on top of it, away. */
  close(id: string): void {
    const view = this.find(id);
    if (view === undefined) return;
    const stack = this.stack(view.user);
    this.#setStack(
      view.user,
      stack.slice(
        0,
        stack.findIndex((one) => one.id === id),
      ),
    );
  }

  /** Takes the whole modal away. */
  clear(user: string): void {
    this.#setStack(user, []);
  }

  #everything(): View[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }

  #isTaken(content: JsonObject, except?: string): boolean {
    const found = this.withExternalId(asString(content.external_id));
    return found !== undefined && found.id !== except;
  }

  #view(
    place: Pick<View, "id" | "user" | "type" | "root" | "previous">,
    content: JsonObject,
    channel?: string,
  ): View {
    const { id, user, type, root, previous } = place;
    const blocks = blocksWithDefaults(objectsOf(content.blocks));
    return {
      ...{ id, user, type, root, previous, blocks },
      hash: newHash(this.#clock),
      content: { ...(withDefaults(content) as JsonObject), blocks },
      values: initialValues(blocks, channel),
      errors: {},
    };
  }

  #replace(view: View): View {
    if (view.type === "home") {
      this.#homes.set(view.user, view);
      this.#changes.tell({ kind: "home", about: view.user });
    } else {
      const stack = this.stack(view.user);
      this.#setStack(
        view.user,
        stack.map((one) => (one.id === view.id ? view : one)),
      );
    }
    return view;
  }

  #setStack(user: string, stack: readonly View[]): void {
    this.#stacks.set(user, stack);
    this.#changes.tell({ kind: "view", about: user });
  }
}
