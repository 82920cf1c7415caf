import type { ZodType } from "zod";
import { err, ok, type Problem, type Result } from "../problem.ts";

/** Reads an answer by its shape; what does not fit is named by its member, never by its value. */
export function readShape<T>(shape: ZodType<T>, json: unknown): Result<T, Problem> {
  const read = shape.safeParse(json);
  if (read.success) return ok(read.data);
  const members = read.error.issues.map((issue) => issue.path.join(".") || "the answer itself");
  const detail = `unexpected: ${[...new Set(members)].slice(0, 5).join(", ")}`;
  return err({ kind: "gcore-unclear", detail });
}
