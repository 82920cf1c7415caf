import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { factsNow } from "../log-context.ts";

/** Something that took time, as a part of something greater or by itself. Times in milliseconds. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly name: string;
  readonly kind: "internal" | "server" | "client";
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly failed: boolean;
}

/** Tells how long things took, and what was a part of what. */
export interface Tracer {
  /** Does `work`; what is told while it goes on is a part of it. */
  during<T>(name: string, kind: Span["kind"], work: () => Promise<T>): Promise<T>;
  /** A call to somebody else is over that took so long. */
  called(name: string, took: number, attributes: Span["attributes"], failed: boolean): void;
}

/** Nobody wants to know. */
export const NO_TRACER: Tracer = {
  during: (_name, _kind, work) => work(),
  called: () => undefined,
};

interface Ids {
  readonly traceId: string;
  readonly spanId: string;
}

/** Each span goes to `take` when it is over, with the delivery and the request that it belongs to. */
export function createTracer(take: (span: Span) => void): Tracer {
  const around = new AsyncLocalStorage<Ids>();
  const newSpan = (): Ids & Pick<Span, "parentId"> => {
    const parent = around.getStore();
    return {
      traceId: parent?.traceId ?? randomBytes(16).toString("hex"),
      spanId: randomBytes(8).toString("hex"),
      parentId: parent?.spanId,
    };
  };
  const knownNow = (): Span["attributes"] => {
    const { delivery, request } = factsNow();
    return {
      ...(delivery === undefined ? {} : { "snapshot_bot.delivery": delivery }),
      ...(request === undefined ? {} : { "snapshot_bot.request": request }),
    };
  };
  return {
    async during(name, kind, work) {
      const ids = newSpan();
      const startedAt = Date.now();
      let failed = true;
      try {
        const value = await around.run(ids, work);
        failed = false;
        return value;
      } finally {
        // What a person was told of as an accident went no further than that.
        failed ||= factsNow().trouble !== undefined;
        const attributes = knownNow();
        take({ ...ids, name, kind, startedAt, endedAt: Date.now(), attributes, failed });
      }
    },
    called(name, took, attributes, failed) {
      const endedAt = Date.now();
      const known = { ...knownNow(), ...attributes };
      const times = { startedAt: endedAt - took, endedAt };
      take({ ...newSpan(), name, kind: "client", ...times, attributes: known, failed });
    },
  };
}
