// Whether what a button was to save has been saved: the server says what stands and which form wrote it.
import { fieldOf } from "./text.js";

/** `standing` and `writer` are the server's, as this page came with them. */
export function wasSaved({ text, pressed, last }, { standing, writer }) {
  return pressed && writer !== "" && writer === fieldOf(text, "written_in") && standing !== last;
}
