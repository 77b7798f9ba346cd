// QR codes (ISO/IEC 18004) of short texts: bytes, error correction M, versions 1 to 10 (213 bytes at most).
// Made on the device, because the school's copy is handed over where there is no network.

const BLOCKS = [ // [error words of a block, [blocks, data words], [blocks, data words]] by version
  null, [10, [1, 16]], [16, [1, 28]], [26, [1, 44]], [18, [2, 32]], [24, [2, 43]], [16, [4, 27]], [18, [4, 31]],
  [22, [2, 38], [2, 39]], [22, [3, 36], [2, 37]], [26, [4, 43], [1, 44]],
];
const CENTRES = [null, [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

const POWERS = new Uint8Array(512);
const LOGS = new Uint8Array(256);
for (let at = 0, value = 1; at < 255; at += 1) {
  POWERS[at] = POWERS[at + 255] = value;
  LOGS[value] = at;
  value = value & 0x80 ? (value << 1) ^ 0x11d : value << 1;
}
const times = (one, other) => (one && other ? POWERS[LOGS[one] + LOGS[other]] : 0);

function errorWords(data, count) {
  let divisor = [1];
  for (let at = 0; at < count; at += 1) {
    const next = [...divisor, 0];
    divisor.forEach((value, place) => { next[place + 1] ^= times(value, POWERS[at]); });
    divisor = next;
  }
  const rest = [...data, ...new Array(count).fill(0)];
  for (let at = 0; at < data.length; at += 1) {
    const factor = rest[at];
    if (factor) divisor.forEach((value, place) => { rest[at + place] ^= times(value, factor); });
  }
  return rest.slice(data.length);
}

function wordsOf(bytes, version) {
  const [errors, ...groups] = BLOCKS[version];
  const capacity = groups.reduce((sum, [blocks, size]) => sum + blocks * size, 0);
  const bits = [];
  const put = (value, size) => { for (let at = size - 1; at >= 0; at -= 1) bits.push((value >> at) & 1); };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, capacity * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = [];
  for (let at = 0; at < bits.length; at += 8) data.push(bits.slice(at, at + 8).reduce((value, bit) => value * 2 + bit, 0));
  for (let pad = 0xec; data.length < capacity; pad ^= 0xec ^ 0x11) data.push(pad);
  const blocks = [];
  let from = 0;
  for (const [count, size] of groups)
    for (let at = 0; at < count; at += 1, from += size) blocks.push(data.slice(from, from + size));
  const checks = blocks.map((block) => errorWords(block, errors));
  const woven = [];
  for (let at = 0; at < Math.max(...blocks.map((one) => one.length)); at += 1)
    for (const block of blocks) if (at < block.length) woven.push(block[at]);
  for (let at = 0; at < errors; at += 1) for (const check of checks) woven.push(check[at]);
  return woven;
}

const MASKS = [
  (y, x) => (y + x) % 2, (y) => y % 2, (y, x) => x % 3, (y, x) => (y + x) % 3, (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2,
  (y, x) => ((y * x) % 2) + ((y * x) % 3), (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2, (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2,
];

function remainder(value, divisor, size) {
  let rest = value << size;
  for (let at = 31; at >= size; at -= 1) if ((rest >>> at) & 1) rest ^= divisor << (at - size);
  return (value << size) | rest;
}

function fixedParts(version) {
  const size = version * 4 + 17;
  const dark = Array.from({ length: size }, () => new Array(size).fill(null));
  const set = (y, x, value) => { if (y >= 0 && x >= 0 && y < size && x < size) dark[y][x] = value; };
  for (const [top, left] of [[0, 0], [0, size - 7], [size - 7, 0]])
    for (let y = -1; y <= 7; y += 1)
      for (let x = -1; x <= 7; x += 1) {
        const far = Math.max(Math.abs(y - 3), Math.abs(x - 3));
        set(top + y, left + x, far !== 2 && far !== 4);
      }
  const centres = CENTRES[version];
  for (const y of centres)
    for (const x of centres) {
      if (dark[y][x] !== null) continue;
      for (let dy = -2; dy <= 2; dy += 1) for (let dx = -2; dx <= 2; dx += 1) set(y + dy, x + dx, Math.max(Math.abs(dy), Math.abs(dx)) !== 1);
    }
  for (let at = 8; at < size - 8; at += 1) {
    if (dark[6][at] === null) dark[6][at] = at % 2 === 0;
    if (dark[at][6] === null) dark[at][6] = at % 2 === 0;
  }
  dark[size - 8][8] = true;
  return dark;
}

function putFormat(dark, version, mask) {
  const size = dark.length;
  const format = remainder(mask, 0x537, 10) ^ 0x5412; // level M is 00, so the mask alone is left of the five bits
  const bit = (at) => Boolean((format >> at) & 1);
  for (let at = 0; at < 15; at += 1) {
    const along = at < 6 ? at : at < 8 ? at + 1 : size - 15 + at;
    dark[along][8] = bit(at);
    const across = at < 8 ? size - 1 - at : at === 8 ? 7 : 14 - at;
    dark[8][across] = bit(at);
  }
  if (version < 7) return;
  const told = remainder(version, 0x1f25, 12);
  for (let at = 0; at < 18; at += 1) {
    const [y, x] = [Math.floor(at / 3), size - 11 + (at % 3)];
    dark[y][x] = dark[x][y] = Boolean((told >> at) & 1);
  }
}

function putData(dark, words, mask) {
  const size = dark.length;
  let at = 0;
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step += 1)
      for (const x of [right, right - 1]) {
        const y = up ? size - 1 - step : step;
        if (dark[y][x] !== null) continue;
        const bit = at < words.length * 8 && (words[at >> 3] >> (7 - (at & 7))) & 1;
        at += 1;
        dark[y][x] = Boolean(bit) !== (MASKS[mask](y, x) === 0);
      }
  }
}

function penalty(dark) {
  const size = dark.length;
  let points = 0;
  let count = 0;
  for (let y = 0; y < size; y += 1) {
    for (const line of [dark[y], dark.map((row) => row[y])]) {
      let run = 1;
      for (let x = 1; x <= size; x += 1) {
        if (x < size && line[x] === line[x - 1]) run += 1;
        else {
          if (run >= 5) points += run - 2;
          run = 1;
        }
      }
      const text = line.map((one) => (one ? "1" : "0")).join("");
      for (const odd of ["10111010000", "00001011101"]) for (let at = text.indexOf(odd); at >= 0; at = text.indexOf(odd, at + 1)) points += 40;
    }
    for (let x = 0; x < size; x += 1) {
      if (dark[y][x]) count += 1;
      if (y && x && dark[y][x] === dark[y - 1][x] && dark[y][x] === dark[y][x - 1] && dark[y][x] === dark[y - 1][x - 1]) points += 3;
    }
  }
  return points + Math.floor(Math.abs((count * 20) / (size * size) - 10)) * 10;
}

/** The dark and light squares of a text's QR code, row by row, without the quiet edge; null where the text is too long. */
export function squaresOf(text) {
  const bytes = new TextEncoder().encode(text);
  const fits = (version) => {
    const room = BLOCKS[version].slice(1).reduce((sum, [blocks, size]) => sum + blocks * size, 0);
    return bytes.length + (version < 10 ? 2 : 3) <= room;
  };
  const version = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].find(fits);
  if (!version) return null;
  const words = wordsOf(bytes, version);
  let best = null;
  for (let mask = 0; mask < 8; mask += 1) {
    const dark = fixedParts(version);
    putFormat(dark, version, mask);
    putData(dark, words, mask);
    const points = penalty(dark);
    if (!best || points < best.points) best = { points, dark };
  }
  return best.dark;
}

/** The path of an SVG that draws the dark squares one unit wide, with a quiet edge of four; and the width of the whole. */
export function pathOf(text) {
  const squares = squaresOf(text);
  if (!squares) return null;
  const path = [];
  squares.forEach((row, y) => row.forEach((dark, x) => { if (dark) path.push(`M${x + 4} ${y + 4}h1v1h-1z`); }));
  return { path: path.join(""), width: squares.length + 8 };
}
