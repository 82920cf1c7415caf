import type { ServerResponse } from "node:http";
import type { Member } from "../slack/workspace.ts";
import { pageState } from "./project.ts";
import type { Shown } from "./shown.ts";

/** Changes come in swarms; this long they are gathered. */
const PAUSE_MS = 30;
/** Nobody tells when the bot writes into its database: while a page is open it is looked at. */
const LOOK_EVERY_MS = 300;

/** The open pages, each told the whole state again after a change. */
export class Streams {
  readonly #open = new Map<ServerResponse, { member: Member; last: string }>();
  readonly #shown: Shown;
  readonly #unsubscribe: () => void;
  readonly #pulse: NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;
  #version = 0;

  constructor(shown: Shown) {
    this.#shown = shown;
    this.#unsubscribe = shown.subscribe(() => {
      this.#timer ??= setTimeout(() => this.#tell(), PAUSE_MS);
    });
    this.#pulse = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** How many pages are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Keeps a page informed of what `member` sees. */
  add(response: ServerResponse, member: Member): void {
    this.#open.set(response, { member, last: "" });
    response.once("close", () => this.#open.delete(response));
    this.#tell();
  }

  stop(): void {
    this.#unsubscribe();
    clearTimeout(this.#timer);
    clearInterval(this.#pulse);
    for (const response of this.#open.keys()) response.end();
  }

  #look(): void {
    if (this.#open.size === 0) return;
    const now = this.#shown.playground.database.version();
    if (now !== this.#version) this.#tell();
    this.#version = now;
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [response, page] of this.#open) {
      const now = JSON.stringify(pageState(this.#shown, page.member));
      if (now !== page.last) response.write(`data: ${now}\n\n`);
      page.last = now;
    }
  }
}
