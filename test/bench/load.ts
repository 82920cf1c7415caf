import { Agent, request } from "node:http";
import { signed } from "../../playground/slack/delivery/signature.ts";
import { bodyOf } from "../faults/click.ts";

/** What is sent, as JSON in the first argument. */
export interface Load {
  readonly url: string;
  readonly secret: string;
  readonly connections: number;
  readonly requestIds: readonly string[];
}

/*
 * Rejects requests as an approver does, over so many connections at the same time, from a process of
 * its own. Prints how long each answer took, in milliseconds; what is no answer is -1.
 */
const load = JSON.parse(process.argv[2] ?? "") as Load;
const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
const waiting = [...load.requestIds];
const times: number[] = [];

const send = (requestId: string): Promise<number> =>
  new Promise((done) => {
    const body = bodyOf({ requestId, by: "ben", act: "reject" });
    const begun = performance.now();
    const call = request(
      `${load.url}/slack/events`,
      {
        method: "POST",
        agent,
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          "content-length": Buffer.byteLength(body),
          ...signed(load.secret, body, Date.now()),
        },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.on("end", () => {
          const isAnswer = response.statusCode === 200 && text.includes("response_action");
          done(isAnswer ? performance.now() - begun : -1);
        });
      },
    );
    call.on("error", () => done(-1));
    call.end(body);
  });
const hand = async (): Promise<void> => {
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) times.push(await send(id));
};
await Promise.all(Array.from({ length: load.connections }, hand));
console.log(JSON.stringify(times));
process.exit();
