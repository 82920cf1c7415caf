import { z } from "zod";

/** An https:// address and a path, without a slash at its end; http:// to this machine only. */
export const httpsAddress = (byDefault: string) =>
  z
    .string()
    .default(byDefault)
    .transform((text, context) => {
      const parsed = URL.canParse(text) ? new URL(text) : undefined;
      const local = ["127.0.0.1", "localhost", "[::1]"].includes(parsed?.hostname ?? "");
      if (parsed?.protocol !== "https:" && !(local && parsed?.protocol === "http:")) {
        context.addIssue("is not an https:// address (http:// is for this machine only).");
        return z.NEVER;
      }
      if (
        parsed.username !== "" ||
        parsed.password !== "" ||
        parsed.search !== "" ||
        parsed.hash !== ""
      ) {
        context.addIssue("is to be an address and a path, nothing more.");
        return z.NEVER;
      }
      return parsed.href.replace(/\/+$/, "");
    });
