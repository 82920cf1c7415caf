import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Stands between the bot and Postgres, and can lose an answer. */
export interface LossyProxy {
  /** The URL of the same database, through here. */
  readonly url: string;
  /** Carries the next one of these statements to Postgres, and cuts the line when the answer comes. */
  loseAnswerTo(statement: string): void;
  /** Carries nothing in either direction, and breaks nothing, until it is told to go on. */
  stall(isStalled: boolean): void;
  stop(): Promise<void>;
}

export async function startLossyProxy(url: string): Promise<LossyProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let wanted: string | undefined;
  let stalled = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    let isLost = false;
    near.on("data", (chunk) => {
      if (wanted !== undefined && chunk.includes(wanted)) {
        wanted = undefined;
        isLost = true;
      }
      far.write(chunk);
    });
    far.on("data", (chunk) => {
      if (!isLost) near.write(chunk);
      else near.destroy();
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      if (stalled) one.pause();
      one.on("error", () => undefined);
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    loseAnswerTo(statement) {
      wanted = statement;
    },
    stall(isStalled) {
      stalled = isStalled;
      for (const socket of sockets) {
        if (isStalled) socket.pause();
        else socket.resume();
      }
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
