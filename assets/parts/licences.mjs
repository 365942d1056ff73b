import fs from "node:fs";
import path from "node:path";

// The package carries no licence file, only the word MIT; these are that licence's terms.
const GOVUK = `MIT License

Copyright (C) Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const FILES = {
  htmx: "htmx.org/LICENSE",
  "Reader of entry codes: qr": "qr/LICENSE-MIT",
  Newsreader: "@fontsource-variable/newsreader/LICENSE",
  "Hanken Grotesk": "@fontsource-variable/hanken-grotesk/LICENSE",
  "Land: Natural Earth, as world-atlas has it": "world-atlas/LICENSE",
};

/** The terms under which the parts of others are shipped with the service, as one text. */
export function licences(packages) {
  const texts = [["Styles: GOV.UK Frontend", GOVUK]];
  for (const [name, file] of Object.entries(FILES)) {
    texts.push([name, fs.readFileSync(path.join(packages, file), "utf8").trim()]);
  }
  return texts.map(([name, text]) => `${name}\n\n${text}\n`).join(`\n${"-".repeat(78)}\n\n`);
}
