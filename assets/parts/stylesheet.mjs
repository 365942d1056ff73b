import fs from "node:fs";
import path from "node:path";
import { bundleAsync } from "lightningcss";

// Components of GOV.UK Frontend that the look replaces. The crest goes with the footer: neither it
// nor the GDS Transport typeface is ours to use.
const UNUSED =
  /^govuk-(?:accordion|cookie-banner|exit-this-page|footer|generic-header|header|logo|panel|password-input|phase-banner|service-navigation|tabs|tag)(?:$|_|-)/;

const version = (major, minor = 0) => (major << 16) | (minor << 8);
const targets = { chrome: version(100), firefox: version(100), safari: version(15, 4) };

function withoutTransport(css) {
  return css
    .replace(/@font-face\{font-family:GDS Transport;[^}]*\}/g, "")
    .replaceAll("GDS Transport,arial,sans-serif", "var(--sans)")
    .replaceAll("font-family:sans-serif", "font-family:var(--sans)"); // what it prints with
}

const isUnused = (selector) =>
  selector.some((part) => part.type === "class" && UNUSED.test(part.name));

const dropUnused = (rule) => (rule.value.selectors.every(isUnused) ? [] : undefined);

/** The bundled, minified stylesheet; `names` gives the hashed name of each font file. */
export async function stylesheet(entry, packages, names) {
  const { code, warnings } = await bundleAsync({
    filename: entry,
    minify: true,
    errorRecovery: true, // the vendor's sheet holds media queries written for Internet Explorer
    targets,
    resolver: {
      resolve: (specifier, from) =>
        specifier.startsWith("./")
          ? path.resolve(path.dirname(from), specifier)
          : path.join(packages, specifier),
      read: (file) => withoutTransport(fs.readFileSync(file, "utf8")),
    },
    visitor: {
      Rule: { style: dropUnused },
      Url: (url) => ({ ...url, url: names.get(url.url) ?? url.url }),
    },
  });
  const ours = warnings.filter(({ loc }) => !loc.filename.startsWith(packages));
  if (ours.length) throw new Error(`styles need another look: ${JSON.stringify(ours)}`);
  return code;
}
