import { optionsOf } from "../blocks/composition.ts";
import { bareValue } from "../form.ts";
import type { Delivery } from "../journal.ts";
import { asString, objectsOf } from "../json.ts";
import type { Message } from "../messages.ts";
import { type Reader, readerFor } from "../render/reader.ts";
import { renderMessage, renderView } from "../render/render.ts";
import type { View } from "../views.ts";
import { type ActionResult, act } from "./act.ts";
import { type AppTab, openApp } from "./app-home.ts";
import { enter, slotAt } from "./at.ts";
import { chosen, optionText } from "./choose.ts";
import type { Client, Manner } from "./client.ts";
import { closeView } from "./close.ts";
import { type CommandResult, runCommand } from "./command.ts";
import { fieldNamed } from "./fields.ts";
import { filled } from "./fill.ts";
import { Hand } from "./hand.ts";
import { OpenModal } from "./modal.ts";
import { press, type Where } from "./press.ts";
import { globalShortcut, messageShortcut } from "./shortcut.ts";
import { type SubmitResult, submit } from "./submit.ts";
import { suggest } from "./suggest.ts";

/**
 * A person at their Slack client. Whatever the real client would not let them do throws an error
 * that says so.
 */
export class Person {
  /** The same by ids instead of by words: for a page, where everything is pointed at. */
  readonly hand: Hand;
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
    this.hand = new Hand(client);
  }

  get id(): string {
    return this.#client.member.id;
  }

  get name(): string {
    return this.#client.member.name;
  }

  /** The errors that the client showed, the oldest first. */
  get errors(): readonly string[] {
    return this.#client.errors;
  }

  /** How this person reads: in their time zone, and with the names of their workspace. */
  get reader(): Reader {
    return readerFor(this.#client.core, this.#client.member);
  }

  /** Types a slash command into a channel. */
  command(channel: string, text: string, manner: Manner = {}): Promise<CommandResult> {
    return runCommand(this.#client, channel, text, manner);
  }

  /** The view on top of what is open. */
  get modal(): OpenModal | undefined {
    return this.modals().at(-1);
  }

  /** All views of what is open, the root first. */
  modals(): OpenModal[] {
    const { core } = this.#client;
    return core.views.stack(this.id).map((view) => new OpenModal(core, this.reader, view));
  }

  /** Types into the input with that label; `""` empties it. */
  fill(label: string, value: string): void {
    const view = this.#top();
    const entry = filled(view, label, value);
    this.#client.core.views.enter(view.id, entry.blockId, entry.actionId, entry.value);
  }

  /** Presses Enter in an input that reports what is typed. */
  async enter(label: string, manner: Manner = {}): Promise<ActionResult> {
    const view = this.#top();
    const placed = fieldNamed(view.blocks, label);
    if (placed.block.dispatch_action !== true) throw new Error(`"${label}" does not report Enter`);
    const value = this.#slot(view, label) ?? {};
    return await act(this.#client, { view }, placed, value, manner);
  }

  /**
   * Chooses in a menu, radio buttons or checkboxes: exactly these, where several may be chosen.
   * `typed` is what to type into a menu that asks the bot; the option's own text if it is not said.
   */
  async choose(
    label: string,
    optionTexts: string | readonly string[],
    options: Manner & { readonly typed?: string } = {},
  ): Promise<ActionResult | undefined> {
    const view = this.#top();
    const placed = fieldNamed(view.blocks, label);
    const value = await chosen(this.#client, { view }, placed, optionTexts, options.typed);
    enter(this.#client, { view }, placed, value);
    if (placed.isInput && placed.block.dispatch_action !== true) return undefined;
    const now = this.#client.core.views.find(view.id) ?? view;
    return await act(this.#client, { view: now }, placed, value, options);
  }

  /** Chooses in a menu, radio buttons or checkboxes of a message. */
  async chooseIn(
    message: Message,
    label: string,
    optionTexts: string | readonly string[],
    options: Manner & { readonly typed?: string } = {},
  ): Promise<ActionResult> {
    const placed = fieldNamed(message.blocks, label);
    const value = await chosen(this.#client, { message }, placed, optionTexts, options.typed);
    if (placed.element.type !== "overflow") enter(this.#client, { message }, placed, value);
    return await act(this.#client, { message }, placed, value, options);
  }

  /** What a menu offers after `typed` was typed into it. */
  async suggestions(label: string, typed: string): Promise<string[]> {
    const view = this.#top();
    const placed = fieldNamed(view.blocks, label);
    if (!asString(placed.element.type).endsWith("external_select")) {
      throw new Error(`"${label}" does not ask for its options`);
    }
    return optionsOf(await suggest(this.#client, { view }, placed, typed)).map(optionText);
  }

  /** What stands in an input, as the person sees it; `null` if nothing does. */
  value(label: string): string | null {
    const bare = bareValue(this.#slot(this.#top(), label));
    if (bare === null || (Array.isArray(bare) && bare.length === 0)) return null;
    if (typeof bare !== "object") return String(bare);
    const options = Array.isArray(bare) ? objectsOf(bare) : objectsOf([bare]);
    return options.length > 0 ? options.map(optionText).join(", ") : String(bare);
  }

  /** Presses the button that sends the form on top. */
  submit(manner: Manner = {}): Promise<SubmitResult> {
    return submit(this.#client, this.#top(), manner);
  }

  /** Presses Cancel in the view on top. With `all`, the cross that closes the whole modal. */
  close(options: { readonly all?: boolean } = {}): Promise<void> {
    return closeView(this.#client, this.#top(), options.all === true);
  }

  /** Presses a button, of the modal if one is open, else of the newest message that has it. */
  press(text: string, where: Where = {}): Promise<ActionResult> {
    return press(this.#client, text, where);
  }

  /** Chooses a shortcut of the app from the menu that is everywhere. */
  shortcut(callbackId: string, manner: Manner = {}): Promise<ActionResult> {
    return globalShortcut(this.#client, callbackId, manner);
  }

  /** Chooses a shortcut of the app from the menu of a message. */
  messageShortcut(
    callbackId: string,
    channel: string,
    ts: string,
    manner: Manner = {},
  ): Promise<ActionResult> {
    return messageShortcut(this.#client, callbackId, { channel, ts }, manner);
  }

  /** Turns to a tab of the app; the home tab, if it is not said which. */
  openHome(tab: AppTab = "home"): Promise<Delivery | undefined> {
    return openApp(this.#client, tab);
  }

  /** The home tab as lines of text. */
  home(): string[] {
    const view = this.#client.core.views.home(this.id);
    return view === undefined ? [] : renderView(view, this.reader);
  }

  /** What the person reads in a channel, as lines of text. */
  sees(channel: string): string[] {
    const { core } = this.#client;
    const found = core.workspace.channelOf(channel);
    if (!core.workspace.mayRead(this.id, found)) return [];
    return core.messages
      .of(found.id, this.id)
      .flatMap((message) => renderMessage(message, { reader: this.reader }));
  }

  #top(): View {
    const view = this.#client.core.views.stack(this.id).at(-1);
    if (view === undefined) throw new Error(`${this.name} has no modal open`);
    return view;
  }

  #slot(view: View, label: string) {
    return slotAt(this.#client, { place: { view }, placed: fieldNamed(view.blocks, label) });
  }
}
