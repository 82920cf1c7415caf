import { z } from "zod";

const address = z
  .string()
  .refine((text) => /^https?:\/\/[^/@?#\s]+(?:\/[^?#\s]*)?$/.test(text) && URL.canParse(text), {
    message: "is to be an http:// or https:// address and a path, nothing more.",
  })
  .transform((text) => text.replace(/\/+$/, ""))
  .optional();

/** `name=value` with commas between, and what is special in a value as %XX. */
const headers = z.string().transform((text, context): Readonly<Record<string, string>> => {
  try {
    const pairs = text.split(",").map((pair) => /^\s*([\w-]+)\s*=([^=]*=*)\s*$/.exec(pair));
    return Object.fromEntries(
      pairs.map((pair) => {
        const [, name, value] = pair ?? [];
        if (name === undefined || value === undefined) throw new Error("no pair");
        return [name.toLowerCase(), decodeURIComponent(value.trim())];
      }),
    );
  } catch {
    context.addIssue("takes name=value, with commas between.");
    return z.NEVER;
  }
});

const protocol = z
  .string()
  .refine((name) => name !== "grpc", {
    message: "is to be http/json: gRPC is not spoken. Collectors take it on port 4318.",
  })
  .optional();

/** OpenTelemetry's own variables for traces; those of other signals are nobody's business here. */
export const OTEL_SHAPE = {
  OTEL_SDK_DISABLED: z.string().optional(),
  OTEL_TRACES_EXPORTER: z.string().optional(),
  OTEL_SERVICE_NAME: z.string().default("snapshot-bot"),
  OTEL_EXPORTER_OTLP_ENDPOINT: address,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address,
  OTEL_EXPORTER_OTLP_HEADERS: headers.optional(),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: headers.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol,
} as const;

/** Where traces go, and as whose. */
export interface TracesTo {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

/** @returns undefined when no traces are wanted. */
export function tracesTo(data: z.output<z.ZodObject<typeof OTEL_SHAPE>>): TracesTo | undefined {
  const base = data.OTEL_EXPORTER_OTLP_ENDPOINT;
  const url =
    data.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ??
    (base === undefined ? undefined : `${base}/v1/traces`);
  const isOff = data.OTEL_SDK_DISABLED === "true" || data.OTEL_TRACES_EXPORTER === "none";
  if (url === undefined || isOff) return undefined;
  const { OTEL_EXPORTER_OTLP_HEADERS: all, OTEL_EXPORTER_OTLP_TRACES_HEADERS: own } = data;
  return { url, headers: own ?? all ?? {}, serviceName: data.OTEL_SERVICE_NAME };
}
