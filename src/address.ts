import { z } from "zod";

/** An address on the web, as settings have it: `https://host/path`, without a slash at its end. */
export const webAddress = z.string().transform((text, context) => {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed?.protocol !== "https:" && !(isLocal(parsed) && parsed?.protocol === "http:")) {
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

/** Whether it is an address of this machine, which nobody else can reach by it. */
export const isLocal = (address: URL | undefined): boolean =>
  ["127.0.0.1", "localhost", "[::1]"].includes(address?.hostname ?? "");

/** @returns the address as it is to be written, or what is wrong with it, after its name. */
export function readAddress(
  text: string,
): { readonly address: string } | { readonly fault: string } {
  const parsed = webAddress.safeParse(text.trim());
  if (parsed.success) return { address: parsed.data };
  return { fault: parsed.error.issues[0]?.message ?? "is wrong." };
}
