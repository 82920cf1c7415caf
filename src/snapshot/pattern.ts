/**
 * True when the whole `text` fits `pattern`, in which `*` stands for any run of characters and
 * everything else for itself, capitals too. Takes time in proportion to both lengths, whatever they hold.
 */
export function fits(pattern: string, text: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return text === pattern;
  const tail = rest.pop() ?? "";
  if (text.length < head.length + tail.length) return false;
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  // Between two stars, the first place where a part fits leaves the most room for the next ones.
  const end = text.length - tail.length;
  let from = head.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}
