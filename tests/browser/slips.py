"""A form that was sent back: what somebody who cannot see the page is told, and where they are."""

from playwright.sync_api import Page

# A page gives the focus away when it is painted, which may be after it is loaded.
WRONG_WITH_ERRORS = """async () => {
  const summary = document.querySelector(".govuk-error-summary");
  const words = one => one.textContent.replace(/\\s+/g, " ").trim();
  const messages = [...document.querySelectorAll(".govuk-error-message")];
  if (!summary) return messages.map(one => "said at a field and not at the top: " + words(one));
  for (let frames = 0; frames < 30 && document.activeElement !== summary; frames++)
    await new Promise(requestAnimationFrame);
  const wrong = [], links = [...summary.querySelectorAll(".govuk-error-summary__list a")];
  if (document.activeElement !== summary) wrong.push("the error summary has not the focus");
  const english = document.documentElement.lang === "en";
  if (links.length && english && !document.title.startsWith("Error: "))
    wrong.push("the title does not begin with Error: " + document.title);
  for (const link of links) {
    const field = document.getElementById(link.hash.slice(1));
    if (!field || field.tabIndex < 0) { wrong.push("leads to no field: " + words(link)); continue; }
    const about = [field, field.closest("fieldset[aria-describedby]")]
      .map(one => one?.getAttribute("aria-describedby") || "").join(" ").split(" ")
      .map(id => document.getElementById(id));
    if (!about.some(one => one && words(one).includes(words(link))))
      wrong.push("not said at its field: " + words(link));
  }
  for (const one of messages)
    if (!links.some(link => words(one).includes(words(link))))
      wrong.push("said at a field and not at the top: " + words(one));
  return wrong;
}"""


def wrong_with_errors(page: Page) -> list[str]:
    found: list[str] = page.evaluate(WRONG_WITH_ERRORS)
    return found
