// Saves a form while somebody types. Without this script every button saves it.
import { Autosave } from "./autosave.js";
import { Kept, forgetOld } from "./kept.js";
import { wasSaved } from "./settled.js";

forgetOld();

const form = document.querySelector("form[data-autosave]");
if (form) new Autosave(form, document.getElementById("saved")).start();

// The page that comes after the form's buttons.
const after = document.querySelector("template[data-autosave]");
if (after) {
  const kept = new Kept(after.dataset.autosave);
  const text = kept.read();
  if (text && wasSaved(text, after.dataset)) kept.drop();
}
