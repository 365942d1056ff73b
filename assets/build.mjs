// Builds assets/build/: one stylesheet, fonts, the small scripts, the mark, and the land for the maps.
// Every file that a page asks for carries a hash of its content in its name, so that it can be kept
// for a year; manifest.json says which name it has today.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fonts } from "./parts/fonts.mjs";
import { hashedName } from "./parts/names.mjs";
import { licences } from "./parts/licences.mjs";
import { land } from "./parts/land.mjs";
import { printFonts } from "./parts/print-fonts.mjs";
import { script } from "./parts/scripts.mjs";
import { stylesheet } from "./parts/stylesheet.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, "build");
const fresh = path.join(here, "build.fresh");
const packages = path.join(here, "node_modules");

function write(name, content) {
  const file = path.join(fresh, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

/** Pages' files by their logical name: the names that `asset()` in a template is called with. */
async function pageFiles() {
  const files = new Map(fonts(packages));
  const names = new Map([...files].map(([name, content]) => [name, hashedName(name, content)]));
  files.set("app.css", await stylesheet(path.join(here, "styles/app.css"), packages, names));
  files.set("htmx.js", fs.readFileSync(path.join(packages, "htmx.org/dist/htmx.min.js")));
  files.set("autosave.js", await script(path.join(here, "scripts/autosave/main.js"), packages));
  files.set("door.js", await script(path.join(here, "scripts/door/main.js"), packages));
  files.set("door-worker.js", await script(path.join(here, "scripts/door/worker.js"), packages));
  for (const name of ["favicon.svg", "favicon.png"]) {
    files.set(name, fs.readFileSync(path.join(here, "mark", name)));
  }
  return files;
}

fs.rmSync(fresh, { recursive: true, force: true });
const manifest = {};
for (const [name, content] of await pageFiles()) {
  manifest[name] = hashedName(name, content);
  write(manifest[name], content);
}
for (const [name, content] of land(packages)) write(name, content);
for (const [name, content] of printFonts(packages)) write(name, content);
write("LICENCES.txt", licences(packages));
write("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);

// A running service never sees half a build.
fs.rmSync(target, { recursive: true, force: true });
fs.renameSync(fresh, target);
console.log(`${Object.keys(manifest).length} files in assets/build, app.css ${Math.round(
  fs.statSync(path.join(target, manifest["app.css"])).size / 1024)} KB`);
