import { newId, newSecret } from "./ids.ts";
import type { JsonObject } from "./json.ts";

/** A file that everybody in a conversation can open. */
export interface SharedFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly size: number;
  readonly text: string;
}

/** A file on its way: first announced, then uploaded, then shared. */
interface Upload {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  text: string | undefined;
}

/** The address below which bytes are taken. */
export const UPLOAD_PATH = "/upload/v1/";

/** Files, from the announcement to the sharing. */
export class Files {
  #base = "";
  readonly #uploads = new Map<string, Upload>();
  readonly #shared = new Map<string, SharedFile>();

  /** Says where the server listens, once it does. */
  listenAt(base: string): void {
    this.#base = base;
  }

  /** Makes an address for the bytes of a file of this length. */
  announce(name: string, length: number): { readonly id: string; readonly url: string } {
    const id = newId("F");
    const secret = newSecret();
    this.#uploads.set(secret, { id, name, length, text: undefined });
    return { id, url: `${this.#base}${UPLOAD_PATH}${secret}` };
  }

  /** Takes the bytes. @returns what is wrong with them. */
  take(path: string, text: string): "no such address" | "taken already" | "wrong length" | "ok" {
    const upload = this.#uploads.get(path.slice(UPLOAD_PATH.length));
    if (upload === undefined) return "no such address";
    if (upload.text !== undefined) return "taken already";
    if (Buffer.byteLength(text) !== upload.length) return "wrong length";
    upload.text = text;
    return "ok";
  }

  /** The file with this id, when its bytes are there and it was not shared so far. */
  waiting(id: string): Omit<SharedFile, "title"> | undefined {
    const upload = [...this.#uploads.values()].find((one) => one.id === id);
    if (upload?.text === undefined || this.#shared.has(id)) return undefined;
    return { id, name: upload.name, size: upload.length, text: upload.text };
  }

  share(file: SharedFile): SharedFile {
    this.#shared.set(file.id, file);
    return file;
  }

  shared(id: string): SharedFile | undefined {
    return this.#shared.get(id);
  }
}

/** A file as Slack tells of it. */
export const fileJson = ({ id, name, title, size }: SharedFile): JsonObject => ({
  id,
  name,
  title,
  size,
  filetype: name.split(".").at(-1) ?? "",
  mode: "hosted",
});
