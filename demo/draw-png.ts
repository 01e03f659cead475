import { crc32, deflateSync } from 'node:zlib';

type Color = readonly [red: number, green: number, blue: number];

/** A canvas of plain rectangles, enough to draw something that looks like a screenshot. */
export class Drawing {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Uint8Array;

  constructor(width: number, height: number, ground: Color) {
    this.width = width;
    this.height = height;
    this.#pixels = new Uint8Array(width * height * 3);
    this.fill(0, 0, width, height, ground);
  }

  fill(left: number, top: number, width: number, height: number, color: Color): this {
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y++) {
      for (let x = Math.max(0, left); x < Math.min(this.width, left + width); x++) {
        this.#pixels.set(color, (y * this.width + x) * 3);
      }
    }
    return this;
  }

  /** PNG, 8-bit RGB (PNG specification, third edition, section 11). */
  toPng(): Uint8Array {
    const rows = Buffer.alloc(this.height * (1 + this.width * 3));
    for (let y = 0; y < this.height; y++) {
      // Each row begins with its filter type: 0, none.
      rows.set(
        this.#pixels.subarray(y * this.width * 3, (y + 1) * this.width * 3),
        y * (1 + this.width * 3) + 1,
      );
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    return Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A dashboard whose charts stayed empty: what the client saw. */
export function drawBlankDashboard(): Uint8Array {
  const drawing = new Drawing(960, 540, [246, 247, 249]);
  drawing.fill(0, 0, 190, 540, [24, 32, 56]).fill(20, 22, 104, 16, [120, 138, 190]);
  for (let item = 0; item < 6; item++) {
    drawing.fill(20, 70 + item * 36, 16, 16, [72, 84, 122]).fill(46, 73 + item * 36, 90, 9, [72, 84, 122]);
  }
  drawing.fill(190, 0, 770, 56, [255, 255, 255]).fill(190, 56, 770, 1, [227, 230, 234]);
  drawing.fill(214, 22, 150, 12, [60, 66, 76]).fill(880, 16, 26, 26, [91, 127, 255]);
  for (let card = 0; card < 3; card++) {
    const left = 214 + card * 244;
    drawing.fill(left, 84, 228, 96, [227, 230, 234]).fill(left + 1, 85, 226, 94, [255, 255, 255]);
    drawing.fill(left + 18, 104, 76, 9, [155, 163, 173]).fill(left + 18, 134, 40, 18, [210, 214, 220]);
  }
  drawing.fill(214, 204, 716, 300, [227, 230, 234]).fill(215, 205, 714, 298, [255, 255, 255]);
  for (let line = 0; line < 6; line++) drawing.fill(240, 246 + line * 40, 664, 1, [238, 240, 243]);
  drawing.fill(470, 330, 204, 46, [255, 240, 240]).fill(486, 346, 14, 14, [201, 42, 42]);
  return drawing.fill(510, 349, 140, 8, [201, 42, 42]).toPng();
}

/** A chart of response times with the spike in question. */
export function drawLatencyChart(): Uint8Array {
  const drawing = new Drawing(800, 360, [255, 255, 255]);
  for (let line = 0; line < 7; line++) drawing.fill(48, 40 + line * 44, 720, 1, [233, 236, 240]);
  for (let column = 0; column < 60; column++) {
    const isSpike = column > 36 && column < 48;
    const height = 34 + ((column * 37) % 23) + (isSpike ? 150 + ((column * 53) % 48) : 0);
    drawing.fill(52 + column * 12, 304 - height, 8, height, isSpike ? [224, 79, 79] : [91, 127, 255]);
  }
  return drawing.fill(48, 304, 720, 2, [134, 142, 150]).toPng();
}
