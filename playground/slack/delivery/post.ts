import { type ClientRequest, request } from "node:http";

/** What came back over HTTP. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Posts over connections of its own, all of which can be broken off at once. */
export class Poster {
  readonly #underway = new Set<ClientRequest>();

  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Reply> {
    return new Promise((done, fail) => {
      const outgoing = request(url, {
        method: "POST",
        agent: false,
        headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      });
      this.#underway.add(outgoing);
      outgoing.once("close", () => this.#underway.delete(outgoing));
      outgoing.once("error", fail);
      outgoing.once("response", (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.once("error", fail);
        incoming.once("end", () => {
          const flat: Record<string, string> = {};
          for (const [name, value] of Object.entries(incoming.headers)) flat[name] = String(value);
          const text = Buffer.concat(chunks).toString("utf8");
          done({ status: incoming.statusCode ?? 0, headers: flat, body: text });
        });
      });
      outgoing.end(body);
    });
  }

  stop(): void {
    for (const one of this.#underway) one.destroy();
  }
}
