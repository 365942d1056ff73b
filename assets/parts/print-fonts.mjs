import fs from "node:fs";
import path from "node:path";

// Typst reads TrueType only and no variable fonts, so documents get the faces that they use.
const FACES = {
  "print/newsreader-400.ttf": "newsreader/400Regular/Newsreader_400Regular.ttf",
  "print/newsreader-500.ttf": "newsreader/500Medium/Newsreader_500Medium.ttf",
  "print/hanken-grotesk-400.ttf": "hanken-grotesk/400Regular/HankenGrotesk_400Regular.ttf",
  "print/hanken-grotesk-600.ttf": "hanken-grotesk/600SemiBold/HankenGrotesk_600SemiBold.ttf",
};

/** Pairs of name and content of the font files that PDF documents are set in. */
export function printFonts(packages) {
  return Object.entries(FACES).map(([name, file]) => [
    name,
    fs.readFileSync(path.join(packages, "@expo-google-fonts", file)),
  ]);
}
