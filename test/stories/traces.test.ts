import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Answer, listen, type Received } from "../../playground/loopback.ts";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { askFor, reads, titled } from "./steps.ts";

const POLICY = `
rules:
  - name: somebody else agrees
    approve_by: { users: [${people.ben}], expires_after: 24h }
`;

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { key: string; value: { stringValue: string } }[];
  readonly status: { readonly code: number };
}

let received: Received[];
let answer: Answer;
let receiver: Awaited<ReturnType<typeof listen>>;
let bed: Bed;
beforeEach(async () => {
  received = [];
  answer = { status: 200, body: "{}" };
  receiver = await listen({
    handle: (request) => {
      received.push(request);
      return answer;
    },
  });
  bed = await startBed({
    policy: POLICY,
    settings: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: "x-tenant=the%20bot",
      OTEL_SERVICE_NAME: "our-bot",
    },
  });
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  await receiver.stop();
});

const bodies = () => received.map(({ body }) => JSON.parse(body));
const spans = (): readonly Span[] =>
  bodies().flatMap(({ resourceSpans }) => resourceSpans[0].scopeSpans[0].spans);
const fact = ({ attributes }: Span, key: string): string | undefined =>
  attributes.find((one) => one.key === key)?.value.stringValue;

async function changeAndApproval(): Promise<string> {
  const { ada, ben, gcore, bot } = bed;
  await askFor(bed, ada, gcore.ids.plain, { "Set tags": "team=search" });
  await titled(bed, ben, "Review the request", () => ben.press("Review"));
  await ben.submit();
  await reads(bed, ben, "Changed: @ada", "#audit");
  await bed.said();
  return String((await bot.database.all("SELECT id FROM request"))[0]?.id);
}

test("a delivery, the attempt and the calls to Gcore and Slack are spans, each a part of what it came of", async () => {
  const id = await changeAndApproval();
  expect(await bed.end()).toEqual([]);
  expect(received.map(({ path, method }) => [method, path])).toContainEqual(["POST", "/v1/traces"]);
  expect(received[0]?.headers).toMatchObject({
    "content-type": "application/json",
    "x-tenant": "the bot",
  });
  expect(bodies()[0].resourceSpans[0].resource.attributes).toEqual([
    { key: "service.name", value: { stringValue: "our-bot" } },
  ]);

  const all = spans();
  const named = (name: string): Span[] => all.filter((one) => one.name === name);
  const parentOf = (span: Span): Span | undefined =>
    all.find(({ spanId }) => spanId === span.parentSpanId);
  const [patch] = named("Gcore PATCH");
  if (patch === undefined) throw new Error("there is no PATCH");
  expect([patch.kind, fact(patch, "outcome"), fact(patch, "snapshot_bot.request")]).toEqual([
    3,
    "2xx",
    id,
  ]);
  expect(parentOf(patch)?.name).toBe("attempt");
  const [click] = named("view review-request");
  expect(click).toMatchObject({ kind: 2, status: { code: 0 } });
  expect(named("Slack chat.postMessage").map((one) => parentOf(one)?.name)).toContain(
    "say announcement",
  );
  expect(named("Slack views.open").map((one) => parentOf(one)?.name)).toContain(
    "action review-request",
  );
  for (const span of all) {
    expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
    const parent = parentOf(span);
    if (parent !== undefined) expect(parent.traceId).toBe(span.traceId);
  }
  const whole = received.map(({ body }) => body).join("");
  for (const text of ["search", bed.ada.id, bed.ben.id, "/commands/", "/actions/", "xoxb", "C0"]) {
    expect([text, whole.includes(text)]).toEqual([text, false]);
  }
});

test("whoever does not take them holds nothing up, and is named in the log once", async () => {
  answer = { status: 503, body: "no" };
  await changeAndApproval();
  await bed.slack.until(() => bed.logs.some((line) => line.includes("not taken")), "it", 10_000);
  await bed.ada.command("#ops", "/snapshot help");
  expect(await bed.end()).toEqual([]);
  expect(received.length).toBeGreaterThan(1);
  expect(bed.logs.filter((line) => line.includes("Traces are not taken"))).toHaveLength(1);
}, 30_000);
