import type { Received } from "../loopback.ts";
import { isApiKeyHeader } from "./auth.ts";
import type { Journal } from "./journal.ts";

/** What a well-made client never does, whatever the API answers to it. */
export class Violations {
  #list: string[] = [];
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  add(request: Received, what: string): void {
    this.#list.push(this.#journal.scrub(`${request.method} ${request.path}: ${what}`));
  }

  /** What can be seen of a request before anything is done with it. */
  inspect(request: Received): void {
    const query = request.query.toString();
    const address = query === "" ? request.path : `${request.path}?${query}`;
    if (this.#journal.scrub(address) !== address) this.add(request, "an API key in the address");
    const header = request.headers.authorization;
    if (header === undefined) this.add(request, "no Authorization header");
    else if (!isApiKeyHeader(header)) this.add(request, "Authorization is not `APIKey <token>`");
  }

  list(): string[] {
    return [...this.#list];
  }

  /** Takes out those that were provoked, and says how many they were. */
  forgive(pattern: RegExp): number {
    const before = this.#list.length;
    this.#list = this.#list.filter((text) => text.search(pattern) === -1);
    return before - this.#list.length;
  }
}
