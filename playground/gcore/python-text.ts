type Printable = string | readonly Printable[] | ReadonlyMap<string, Printable>;

const quoted = (text: string): string => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
};

/** Text, lists and maps as Python prints them: the API puts such text into its error messages. */
export function pythonText(value: Printable): string {
  if (typeof value === "string") return quoted(value);
  if (value instanceof Map) {
    const members = [...value].map(([name, member]) => `${quoted(name)}: ${pythonText(member)}`);
    return `{${members.join(", ")}}`;
  }
  return `[${[...(value as readonly Printable[])].map(pythonText).join(", ")}]`;
}
