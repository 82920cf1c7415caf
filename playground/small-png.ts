import { crc32, deflateSync, inflateSync } from "node:zlib";

/*
 * A screenshot has few colours that matter: with a palette of them it takes a third of the room.
 * Only what browsers write is read: 8 bits, RGB or RGBA, not interlaced; what shines through is lost.
 */

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const MOST_COLOURS = 256;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** The same picture with at most 256 colours. */
export function smallPng(png: Buffer): Buffer {
  const all = chunksOf(png);
  const head = all.find(({ type }) => type === "IHDR")?.data ?? Buffer.alloc(13);
  const [width, channels] = [head.readUInt32BE(0), head[9] === 6 ? 4 : 3];
  const packed = Buffer.concat(all.filter(({ type }) => type === "IDAT").map(({ data }) => data));
  const lines = linesOf(inflateSync(packed), width * channels, channels);
  const colours = lines.map((line) =>
    Array.from({ length: width }, (_, x) => line.readUIntBE(x * channels, 3)),
  );
  const palette = commonest(colours.flat());
  const index = new Map(palette.map((colour, at) => [colour, at]));
  const body = colours.map((line) =>
    Buffer.from([0, ...line.map((colour) => indexOf(colour, palette, index))]),
  );
  const newHead = Buffer.from(head);
  newHead[9] = 3;
  const table = Buffer.alloc(palette.length * 3);
  for (const [at, colour] of palette.entries()) table.writeUIntBE(colour, at * 3, 3);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", newHead),
    chunk("PLTE", table),
    chunk("IDAT", deflateSync(Buffer.concat(body), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** The bytes of each line, with the filter that was put over it taken off again. */
function linesOf(raw: Buffer, length: number, channels: number): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < raw.length; at += length + 1) {
    const above = lines.at(-1);
    const line = Buffer.from(raw.subarray(at + 1, at + 1 + length));
    for (let x = 0; x < length; x += 1) {
      const left = line[x - channels] ?? 0;
      const up = above?.[x] ?? 0;
      const guess = predicted(raw[at] ?? 0, left, up, above?.[x - channels] ?? 0);
      line[x] = ((line[x] ?? 0) + guess) % 256;
    }
    lines.push(line);
  }
  return lines;
}

/** What each of PNG's five filters expects of a byte; only what differs from it was written. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter === 0) return 0;
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(left + up - corner - one));
  if ((a ?? 0) <= (b ?? 0) && (a ?? 0) <= (c ?? 0)) return left;
  return (b ?? 0) <= (c ?? 0) ? up : corner;
}

function commonest(colours: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return sorted.slice(0, MOST_COLOURS).map(([colour]) => colour);
}

/** Where the colour, or the one next to it, stands in the palette. */
function indexOf(colour: number, palette: readonly number[], known: Map<number, number>): number {
  const found = known.get(colour);
  if (found !== undefined) return found;
  const distances = palette.map((one) =>
    [16, 8, 0].reduce(
      (sum, bits) => sum + (((one >> bits) & 255) - ((colour >> bits) & 255)) ** 2,
      0,
    ),
  );
  const nearest = distances.indexOf(Math.min(...distances));
  known.set(colour, nearest);
  return nearest;
}
