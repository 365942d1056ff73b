// How saving goes, in the words of the page. Said again only when they differ, so that a screen reader
// is not read to every few seconds.

export function say(place, name, at, before = "") {
  const time = at.toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const words = [before, place.dataset[name].replace("{time}", time)].filter(Boolean).join(" ");
  if (place.textContent !== words) place.textContent = words;
  place.dataset.now = name;
  return words;
}
