import type { WebClient } from "@slack/web-api";
import { type Refusal, readError } from "./errors.ts";

/** A file as text. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** What the bot hands over as files. */
export interface Files {
  /** Puts a file into a conversation that the bot is in. */
  share(channel: string, file: TextFile): Promise<{ readonly kind: "sent" } | Refusal>;
}

/** How long the bytes may take, in milliseconds. */
const UPLOAD_LIMIT = 60_000;

/** Files through this client: an address is asked for, the bytes go there, and then they are shared. */
export function filesThrough(client: WebClient): Files {
  return {
    async share(channel, { name, text }) {
      const bytes = Buffer.from(text, "utf8");
      try {
        const asked = await client.files.getUploadURLExternal({
          filename: name,
          length: bytes.length,
        });
        const { upload_url: url, file_id: id } = asked;
        if (!url || !id) return { kind: "refused", error: "no address for the file" };
        const refusal = await upload(url, bytes);
        if (refusal !== undefined) return refusal;
        await client.files.completeUploadExternal({
          files: [{ id, title: name }],
          channel_id: channel,
        });
        return { kind: "sent" };
      } catch (error) {
        return readError(error);
      }
    },
  };
}

async function upload(url: string, bytes: Buffer<ArrayBuffer>): Promise<Refusal | undefined> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: bytes,
      redirect: "error",
      signal: AbortSignal.timeout(UPLOAD_LIMIT),
    });
    await answer.arrayBuffer();
    return answer.ok ? undefined : { kind: "refused", error: `HTTP ${answer.status}` };
  } catch {
    return { kind: "later", error: "no answer", after: null };
  }
}
