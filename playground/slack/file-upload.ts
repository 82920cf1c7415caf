import type { Answer, Received } from "../loopback.ts";
import type { Core } from "./core.ts";

/** Takes the bytes of a file. It needs no token: the address is the secret. */
export function answerUpload(core: Core, request: Received): Answer {
  const say = (status: number, body: string): Answer => ({
    status,
    headers: { "content-type": "text/plain" },
    body,
  });
  if (request.method !== "POST") return say(405, "Only POST.");
  const bytes = contentOf(request);
  const taken = core.files.take(request.path, bytes);
  if (taken === "ok") return say(200, `OK - ${Buffer.byteLength(bytes)}`);
  core.journal.violate(`upload: ${taken}`);
  return say(taken === "no such address" ? 404 : 400, taken);
}

/** The bytes as they came, or those of the one part of a form. */
function contentOf({ headers, body }: Received): string {
  const [, boundary] =
    /^multipart\/form-data;.*boundary="?([^";]+)/i.exec(headers["content-type"] ?? "") ?? [];
  if (boundary === undefined) return body;
  const begin = body.indexOf("\r\n\r\n") + 4;
  return body.slice(begin, body.lastIndexOf(`\r\n--${boundary}--`));
}
