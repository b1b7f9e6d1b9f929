// Builds service/web/static/vendor: the pages' own files in one piece, what comes from npm, and compressed twins.
// Pages work without it, from the sources, only larger and without htmx and the lettering.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { png } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "service/web/static");
const vendor = join(source, "vendor");

const fromNpm = {
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
  "brygada-1918-500.woff2": "@fontsource/brygada-1918/files/brygada-1918-latin-500-normal.woff2",
  "licences/htmx.txt": "htmx.org/LICENSE",
  "licences/brygada-1918.txt": "@fontsource/brygada-1918/LICENSE",
};

function sources(folder = source) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (path === vendor) return [];
    return entry.isDirectory() ? sources(path) : [path];
  });
}

const nameOf = (path) => relative(source, path).split(sep).join("/");

// service/web/assets.py reckons the same digest, and takes the sources where the two differ.
function digest() {
  const whole = createHash("sha256");
  for (const path of sources().sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    whole.update(`${nameOf(path)}\0`).update(readFileSync(path)).update("\0");
  }
  return whole.digest("hex");
}

const bare = (css) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s+/gm, "")
    .replace(/\n+/g, "\n")
    .replace(/([{,;])\n/g, "$1")
    .trim();

// One sheet out of its imports; addresses become those seen from vendor/.
function flat(name) {
  const css = readFileSync(join(source, name), "utf8");
  return css
    .replace(/@import url\("([^"]+)"\)\s*([a-z]*);/g, (_, part, media) => {
      const text = flat(part).replaceAll("../vendor/", "").replaceAll("../", "");
      return media ? `@media ${media} {\n${text}\n}` : text;
    });
}

function write(name, content) {
  const path = join(vendor, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  if ([".woff2", ".txt", ".json", ".png"].includes(extname(name))) return;
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: quality }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}

rmSync(vendor, { recursive: true, force: true });
for (const path of sources()) {
  const name = nameOf(path);
  if (name.startsWith("css/")) continue;
  write(name, name.endsWith(".css") ? Buffer.from(bare(flat(name))) : readFileSync(path));
}
for (const [name, path] of Object.entries(fromNpm)) write(name, readFileSync(join(here, "node_modules", path)));
write("icon-180.png", png(180, 0.86));
write("icon-192.png", png(192, 1));
write("icon-512.png", png(512, 0.74));
write("assets.json", `${JSON.stringify({ sources: digest() })}\n`);
console.log(`assets: ${readdirSync(vendor).length} files in ${relative(here, vendor)}`);
