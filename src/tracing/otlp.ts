import type { Log } from "../log.ts";
import type { TracesTo } from "../otel-settings.ts";
import type { Span } from "./tracer.ts";

/** Hands spans on. */
export interface Exporter {
  take(span: Span): void;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** How often spans are sent, and how long that may take, in milliseconds. */
const EVERY = 5_000;
const WITHIN = 5_000;
/** While nobody takes them no more than these are kept: the oldest go first. */
const MOST_KEPT = 2_048;

/** Sends spans as OTLP over HTTP in JSON. What cannot be sent is dropped: traces hold nothing up. */
export function exportTo({ url, headers, serviceName }: TracesTo, log: Log): Exporter {
  let waiting: Span[] = [];
  let hasFailed = false;
  const send = async (): Promise<void> => {
    const spans = waiting;
    if (spans.length === 0) return;
    waiting = [];
    const answer = await fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(requestOf(serviceName, spans)),
      redirect: "error",
      signal: AbortSignal.timeout(WITHIN),
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok ? undefined : `HTTP ${response.status}`;
      },
      () => "no answer",
    );
    // Once is enough, until it has gone well again.
    if (answer !== undefined && !hasFailed) log.warn({ error: answer }, "Traces are not taken");
    hasFailed = answer !== undefined;
  };
  const timer = setInterval(() => void send(), EVERY);
  timer.unref();
  return {
    take(span) {
      waiting.push(span);
      if (waiting.length > MOST_KEPT) waiting.shift();
    },
    async stop() {
      clearInterval(timer);
      await send();
    },
  };
}

const KINDS = { internal: 1, server: 2, client: 3 } as const;
/** Status of a span: 0 is unset, 2 an error. */
const UNSET = 0;
const ERROR = 2;

/** ExportTraceServiceRequest, as OpenTelemetry's JSON has it. */
const requestOf = (serviceName: string, spans: readonly Span[]) => ({
  resourceSpans: [
    {
      resource: { attributes: attributesOf({ "service.name": serviceName }) },
      scopeSpans: [{ scope: { name: "snapshot-bot" }, spans: spans.map(spanOf) }],
    },
  ],
});

const spanOf = (span: Span) => ({
  traceId: span.traceId,
  spanId: span.spanId,
  ...(span.parentId === undefined ? {} : { parentSpanId: span.parentId }),
  name: span.name,
  kind: KINDS[span.kind],
  startTimeUnixNano: nanos(span.startedAt),
  endTimeUnixNano: nanos(span.endedAt),
  attributes: attributesOf(span.attributes),
  status: { code: span.failed ? ERROR : UNSET },
});

const attributesOf = (facts: Readonly<Record<string, string>>) =>
  Object.entries(facts).map(([key, stringValue]) => ({ key, value: { stringValue } }));

/** As text: a number that large is not exact. */
const nanos = (ms: number): string => `${BigInt(Math.round(ms * 1_000)) * 1_000n}`;
