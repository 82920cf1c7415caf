/**
 * Reads a time as Gcore writes it. Its services spell times in six ways (`+0000`, `+00:00`, `Z`, with
 * and without fractions, and without any zone, which means UTC).
 * @returns milliseconds since 1970, or null when there is none or it cannot be read.
 */
export function readGcoreTime(text: string | null | undefined): number | null {
  if (!text) return null;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  const time = Date.parse(zoned.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(time) ? null : time;
}
