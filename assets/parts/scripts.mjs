import path from "node:path";
import { build } from "esbuild";

const TARGETS = ["chrome100", "firefox100", "safari15.4"];

/** A script with all that it imports, as one file. */
export async function script(entry, packages) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: TARGETS,
    legalComments: "none", // they are in LICENCES.txt
    nodePaths: [packages],
    absWorkingDir: path.dirname(entry),
  });
  return outputFiles[0].contents;
}
