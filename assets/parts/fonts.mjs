import fs from "node:fs";
import path from "node:path";

const FACES = {
  "fonts/newsreader-latin.woff2": "newsreader/files/newsreader-latin-opsz-normal.woff2",
  "fonts/newsreader-latin-ext.woff2": "newsreader/files/newsreader-latin-ext-opsz-normal.woff2",
  "fonts/hanken-grotesk-latin.woff2": "hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2",
  "fonts/hanken-grotesk-latin-ext.woff2":
    "hanken-grotesk/files/hanken-grotesk-latin-ext-wght-normal.woff2",
};

/** Pairs of logical name and content of the four font files that styles/type.css names. */
export function fonts(packages) {
  return Object.entries(FACES).map(([name, file]) => [
    name,
    fs.readFileSync(path.join(packages, "@fontsource-variable", file)),
  ]);
}
