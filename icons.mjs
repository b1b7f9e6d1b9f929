// Draws our mark as PNG, for devices that take no SVG: a bowl on celadon, mended with gold. Nothing but arithmetic.
import { crc32, deflateSync } from "node:zlib";

const ground = [0xe8, 0xed, 0xe7];
const clay = [0x1e, 0x4f, 0x47];
const gold = [0xe3, 0xb7, 0x5c];
// The mark of favicon.svg, on its field of 32 by 32.
const bowl = { x: 16, y: 16, radius: 14.8 };
const seams = [
  [[12, 1.8], [14.6, 8.5], [11.2, 13.8], [17.2, 18.4], [15.6, 24], [18.8, 30.3]],
  [[17.2, 18.4], [22.8, 15.8], [30.7, 18.1]],
];
const thick = 1.3;

function away(x, y, [ax, ay], [bx, by]) {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

function colour(x, y) {
  if (Math.hypot(x - bowl.x, y - bowl.y) > bowl.radius) return ground;
  const near = seams.some((line) => line.slice(1).some((end, at) => away(x, y, line[at], end) <= thick));
  return near ? gold : clay;
}

function chunk(kind, content) {
  const body = Buffer.concat([Buffer.from(kind), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

// A square PNG; `share` is how much of its width the mark takes (a maskable icon keeps the outer tenth free).
export function png(size, share) {
  const fine = 3;
  const rows = [];
  for (let row = 0; row < size; row += 1) {
    const line = Buffer.alloc(1 + size * 3);
    for (let column = 0; column < size; column += 1) {
      const sum = [0, 0, 0];
      for (let part = 0; part < fine * fine; part += 1) {
        const px = (column + ((part % fine) + 0.5) / fine) / size - 0.5;
        const py = (row + (Math.floor(part / fine) + 0.5) / fine) / size - 0.5;
        const found = colour(16 + (px * 32) / share, 16 + (py * 32) / share);
        for (const at of [0, 1, 2]) sum[at] += found[at];
      }
      for (const at of [0, 1, 2]) line[1 + column * 3 + at] = Math.round(sum[at] / (fine * fine));
    }
    rows.push(line);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
