// Builds src/nithet/static/dist: style sheet, scripts, fonts, icons, logo. `npm run build`; `--watch` rebuilds on change.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, watch, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { buildField } from "./field/build.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = join(root, "src/nithet/static/dist");
const packages = join(root, "node_modules");
const require = createRequire(import.meta.url);

const FIRST_LOAD_BUDGET = 150 * 1024; // bytes, compressed: style, scripts, icons, logo, all fonts
const WEIGHTS = [400, 500, 600];
const SUBSETS = ["thai", "latin"];

/** Fonts: three weights, two subsets; the ranges come from the font package itself. */
function fonts() {
  const source = join(packages, "@fontsource/ibm-plex-sans-thai");
  const ranges = JSON.parse(readFileSync(join(source, "unicode.json"), "utf8"));
  mkdirSync(join(out, "fonts"), { recursive: true });
  cpSync(join(source, "LICENSE"), join(out, "fonts/LICENSE.txt"));
  const faces = [];
  for (const weight of WEIGHTS) {
    for (const subset of SUBSETS) {
      const name = `plex-thai-${subset}-${weight}.woff2`;
      cpSync(join(source, `files/ibm-plex-sans-thai-${subset}-${weight}-normal.woff2`), join(out, "fonts", name));
      faces.push(
        `@font-face{font-family:"IBM Plex Sans Thai";font-style:normal;font-weight:${weight};font-display:swap;` +
          `src:url("fonts/${name}") format("woff2");unicode-range:${ranges[subset]}}`,
      );
    }
  }
  return faces.join("");
}

/** Style: Tailwind's own command, then our font faces in front. */
function style(faces) {
  const command = join(dirname(require.resolve("@tailwindcss/cli/package.json")), "dist/index.mjs");
  const sheet = join(out, "app.css");
  execFileSync(process.execPath, [command, "-i", join(here, "css/app.css"), "-o", sheet, "--minify"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  writeFileSync(sheet, faces + readFileSync(sheet, "utf8"));
}

/** Scripts: htmx as it comes; our own small files, each in a block of its own, in one module. */
function scripts() {
  cpSync(join(packages, "htmx.org/dist/htmx.min.js"), join(out, "htmx.min.js"));
  const own = readdirSync(join(here, "js")).filter((name) => name.endsWith(".js")).sort();
  const blocks = own.map((name) => `{ // ${name}\n${readFileSync(join(here, "js", name), "utf8")}}\n`);
  writeFileSync(join(out, "app.js"), blocks.join(""));
}

function pictures() {
  cpSync(join(here, "icons.svg"), join(out, "icons.svg"));
  cpSync(join(here, "brand/logo.svg"), join(out, "logo.svg"));
  cpSync(join(here, "brand/logo.svg"), join(out, "favicon.svg"));
}

/** Prints every asset of a first load with its compressed size; false when the sum is over the budget. */
function withinBudget() {
  const assets = ["app.css", "app.js", "htmx.min.js", "icons.svg", "logo.svg"];
  for (const name of readdirSync(join(out, "fonts")).filter((file) => file.endsWith(".woff2"))) assets.push(`fonts/${name}`);
  let gzipped = 0;
  let brotli = 0;
  const kb = (bytes) => (bytes / 1024).toFixed(1).padStart(6);
  console.log("   raw   gzip brotli  KB");
  for (const name of assets) {
    const bytes = readFileSync(join(out, name));
    const packed = name.endsWith(".woff2") ? bytes.length : gzipSync(bytes, { level: 9 }).length;
    const packedBrotli = name.endsWith(".woff2") ? bytes.length : brotliCompressSync(bytes).length;
    gzipped += packed;
    brotli += packedBrotli;
    console.log(`${kb(bytes.length)} ${kb(packed)} ${kb(packedBrotli)}  ${name}`);
  }
  console.log(`first load with every font: ${kb(gzipped).trim()} KB gzip, ${kb(brotli).trim()} KB brotli; budget ${FIRST_LOAD_BUDGET / 1024} KB`);
  return gzipped <= FIRST_LOAD_BUDGET;
}

async function build() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const faces = fonts();
  style(faces);
  scripts();
  pictures();
  const field = await buildField({ out, faces });
  return withinBudget() && field;
}

if (!(await build())) {
  console.error("A first load is over its budget.");
  process.exitCode = 1;
}
if (process.argv.includes("--watch")) {
  let waiting;
  const again = () => {
    clearTimeout(waiting);
    waiting = setTimeout(build, 200);
  };
  watch(here, { recursive: true }, again);
  watch(join(root, "src/nithet"), { recursive: true }, (_event, name) => {
    if (name?.endsWith(".html") || name?.endsWith(".py")) again();
  });
}
