import { isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import type { Policy } from "./policy.ts";
import { policySchema } from "./policy-schema.ts";

/**
 * Reads a policy file (YAML 1.2; docs/policy.md has its form).
 * @returns the policy, or every fault at once: `line 7, rules[0].when.project: is to be …`.
 */
export function readPolicy(
  text: string,
): { readonly policy: Policy } | { readonly faults: readonly string[] } {
  const lines = new LineCounter();
  // No tags, no merge keys, and few aliases: a policy is plain data.
  const document = parseDocument(text, { lineCounter: lines, schema: "core", uniqueKeys: true });
  const broken = [...document.errors, ...document.warnings].map((error) => {
    const { line } = lines.linePos(error.pos[0]);
    return `line ${line}: ${(error.message.split(/ at line \d+|\n/)[0] ?? "").trim()}`;
  });
  if (broken.length > 0) return { faults: broken };
  const parsed = policySchema.safeParse(plainOf(document));
  if (parsed.success) return { policy: parsed.data };
  return {
    faults: parsed.error.issues.flatMap((issue) =>
      placesOf(issue).map(({ path, message }) => {
        const offset = offsetOf(document, path);
        const { line } = lines.linePos(offset ?? 0);
        return `line ${line}, ${pathText(path)}: ${message}`;
      }),
    ),
  };
}

/** The file as plain data; an alias of nothing, or too many of them, make it nothing. */
function plainOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

type Path = readonly PropertyKey[];

/** An unknown key stands in its parent's issue: each is named at its own place. */
function placesOf(issue: z.core.$ZodIssue): { path: Path; message: string }[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: "is not known here",
    }));
  }
  const message = issue.message.startsWith("Invalid input")
    ? "is not of the right form"
    : issue.message;
  return [{ path: issue.path, message }];
}

/** Where the nearest part of the path that there is begins. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === "number"
        ? `${text}[${part}]`
        : text === ""
          ? String(part)
          : `${text}.${String(part)}`,
    "",
  ) || "the file";
