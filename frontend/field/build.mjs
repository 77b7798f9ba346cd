// Builds the field client into dist/field: one style sheet, the app, and the form engine in a file of its own. `files.json`
// tells the server what there is; names hold a digest of their content, so the same sources give the same files.
import { createHash } from "node:crypto";
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const BUDGET = 350 * 1024; // bytes of script and style with brotli
const FONT_BUDGET = 65 * 1024;
const WEIGHTS = ["400", "600"];

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The faces of the office pages, as far as this app uses them: two weights. */
function ownFaces(faces) {
  const wanted = faces.match(/@font-face\{[^}]*\}/g).filter((face) => WEIGHTS.some((weight) => face.includes(`font-weight:${weight};`)));
  return wanted.map((face) => face.replace('url("fonts/', 'url("../fonts/')).join("");
}

export async function buildField({ out, faces }) {
  const folder = join(out, "field");
  await build({
    root: here, configFile: false, logLevel: "error", publicDir: false, base: "./",
    define: { __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
    build: {
      outDir: folder, emptyOutDir: true, target: "es2022", modulePreload: false, cssCodeSplit: false, chunkSizeWarningLimit: 2000,
      rollupOptions: {
        input: join(here, "main.js"),
        output: { entryFileNames: "app-[hash].js", chunkFileNames: "[name]-[hash].js", assetFileNames: "[name]-[hash][extname]" },
      },
    },
  });
  const names = readdirSync(folder).sort();
  const [sheet] = names.filter((name) => name.endsWith(".css"));
  const style = ownFaces(faces) + readFileSync(join(folder, sheet), "utf8");
  rmSync(join(folder, sheet));
  const styleName = `style-${digest(style).slice(0, 8)}.css`;
  writeFileSync(join(folder, styleName), style);
  for (const name of readdirSync(join(here, "icons"))) cpSync(join(here, "icons", name), join(folder, name));
  const fonts = readdirSync(join(out, "fonts")).filter((name) => WEIGHTS.some((weight) => name.endsWith(`-${weight}.woff2`))).sort();
  const scripts = names.filter((name) => name.endsWith(".js"));
  const files = {
    app: scripts.find((name) => name.startsWith("app-")), style: styleName,
    scripts, fonts,
    version: digest([styleName, ...scripts, readFileSync(join(here, "sw.js"), "utf8")].join("\n")).slice(0, 12),
  };
  cpSync(join(here, "sw.js"), join(folder, "sw.js"));
  writeFileSync(join(folder, "files.json"), `${JSON.stringify(files, null, 1)}\n`);
  return withinBudget(folder, out, files);
}

function withinBudget(folder, out, files) {
  const packed = (name) => brotliCompressSync(readFileSync(join(folder, name))).length;
  const kb = (bytes) => (bytes / 1024).toFixed(1);
  const parts = [files.style, ...files.scripts].map((name) => [name, packed(name)]);
  const whole = parts.reduce((sum, [, size]) => sum + size, 0);
  const fonts = files.fonts.reduce((sum, name) => sum + readFileSync(join(out, "fonts", name)).length, 0);
  console.log(`field client: ${parts.map(([name, size]) => `${name} ${kb(size)}`).join(", ")}; together ${kb(whole)} KB brotli, budget ${BUDGET / 1024} KB; fonts ${kb(fonts)} KB`);
  return whole <= BUDGET && fonts <= FONT_BUDGET;
}
