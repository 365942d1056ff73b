"""What a page is put through beside axe: half the width, larger text, each stop of the Tab key,
forced colours, and a reader who wants nothing to move. Each answers with what is wrong."""

from playwright.sync_api import Page

ZOOMED = 640  # px: what 200 % leaves of 1280
DESK = 1280
FOCUS_RING = 2  # px

# Chromium makes some pages one pixel wider than anything on them, each that has enlarged text.
SPILLS = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide + 1) return [];
  return [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > wide + 1)
    .map(one => one.tagName.toLowerCase() + "." + one.className).slice(-5).concat("page");
}"""
CUT = """() => [...document.querySelectorAll("main *, header *")]
  .filter(one => /hidden|clip/.test(getComputedStyle(one).overflowY)
    && one.clientHeight > 2 && one.scrollHeight > one.clientHeight + 2)
  .map(one => one.tagName.toLowerCase() + "." + one.className)"""
TEXT, TEXT_TWICE_AS_LARGE = 16, 32  # px: what a reader sets in the browser

MOVES = """() => {
  const long = times => times.split(", ").some(one => parseFloat(one) > 0.01);
  const all = [...document.querySelectorAll("*")].flatMap(one => ["", "::before", "::after"]
    .filter(part => {
      const style = getComputedStyle(one, part || null);
      return long(style.transitionDuration) || long(style.animationDuration)
        || style.scrollBehavior === "smooth";
    }).map(part => one.tagName.toLowerCase() + "." + one.className + part));
  return [...all, ...document.getAnimations().map(one => one.animationName || "an animation")];
}"""

# Stops of one kind (tag, classes, those of the parent) look alike: three of each are enough.
STOPS = """() => {
  const named = one => one.tagName + "." + one.className, count = {};
  return [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter(one => !one.disabled && one.tabIndex >= 0 && one.checkVisibility())
    .filter(one => {
      const kind = named(one) + named(one.parentElement);
      return (count[kind] = (count[kind] || 0) + 1) <= 3;
    });
}"""
LOOKS = """one => {
  const styles = [getComputedStyle(one)];
  if (one.labels?.length) styles.push(getComputedStyle(one.labels[0], "::before"));
  return styles.flatMap(style => [
    ["outline", style.outlineStyle, style.outlineWidth, style.outlineColor].join(" "),
    ["border", style.borderBottomStyle, style.borderBottomWidth, style.borderBottomColor].join(" "),
    ...(style.boxShadow.match(/rgba?\\([^)]+\\)[^,]*/g) || []).map(shadow => "shadow x " + shadow),
  ]);
}"""
UNSEEN_FOCUS = f"""forced => {{
  const looks = {LOOKS}, said = one => one.outerHTML.slice(0, 120);
  const lightness = colour => {{
    const parts = colour.match(/rgba?\\(([^)]+)/)[1].split(",").map(Number);
    const [red, green, blue, alpha = 1] = parts;
    if (alpha < 0.5) return 1;
    const linear = [red, green, blue].map(one => one / 255)
      .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }};
  const stands_out = look => {{
    const [kind, style, width] = look.split(" ");
    if (kind !== "shadow" && (style === "none" || parseFloat(width) < 1)) return false;
    if (kind === "outline" && parseFloat(width) < {FOCUS_RING}) return false;
    return forced || 1.05 / (lightness(look) + 0.05) >= 3;
  }};
  const covered = one => {{
    const box = [...one.getClientRects()].find(box => box.width && box.height);
    if (!box) return "nowhere";
    const points = [[0.5, 0.5], [0.02, 0.1], [0.98, 0.1], [0.02, 0.9], [0.98, 0.9]];
    const seen = points.some(([across, down]) => {{
      const hit = document.elementFromPoint(
        box.left + box.width * across, box.top + box.height * down);
      return hit && (one.contains(hit) || [...(one.labels || [])].some(own => own.contains(hit)));
    }});
    return seen ? "" : "covered or out of sight";
  }};
  const stops = ({STOPS})(), wrong = [];
  for (const one of [...stops, ...stops.toReversed()]) {{
    document.activeElement.blur();
    const before = looks(one);
    one.focus();
    const new_looks = looks(one).filter(look => !before.includes(look));
    if (!new_looks.some(stands_out)) wrong.push("nothing shows the focus: " + said(one));
    if (!forced && covered(one)) wrong.push(covered(one) + " with the focus: " + said(one));
  }}
  document.activeElement.blur();
  scrollTo(0, 0);
  return [...new Set(wrong)];
}}"""
# A button is told from text by a border, where nothing else of its look is left.
BARE_BUTTONS = """() => [...document.querySelectorAll("button, .govuk-button, summary")]
  .filter(one => one.tabIndex >= 0 && one.checkVisibility()).filter(one => {
    const style = getComputedStyle(one), line = parseFloat(style.borderTopWidth) >= 1;
    const framed = line && style.borderTopStyle !== "none";
    return !framed && style.textDecorationLine === "none" && one.tagName !== "SUMMARY";
  }).map(one => one.outerHTML.slice(0, 120))"""


def spilled(page: Page, where: str) -> list[str]:
    """What is wider than the screen, if the page is so."""
    elements = page.evaluate(SPILLS)
    return [f"wider than {where}: {' '.join(elements)}"] if elements else []


def enlarged(page: Page) -> list[str]:
    """At 200 %: of everything, then of the text alone."""
    page.set_viewport_size({"width": ZOOMED, "height": 400})
    wrong = spilled(page, "the screen at 200 %")
    page.set_viewport_size({"width": DESK, "height": 800})
    settings = page.context.new_cdp_session(page)
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": TEXT_TWICE_AS_LARGE}})
    wrong += spilled(page, "the screen with text of 200 %")
    wrong += [f"cut with text of 200 %: {one}" for one in page.evaluate(CUT)]
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": TEXT}})
    settings.detach()
    return wrong


def unseen(page: Page) -> list[str]:
    """What takes the focus and doesn't show it, or shows it where nobody sees."""
    found: list[str] = page.evaluate(UNSEEN_FOCUS, False)
    return found


def unseen_in_forced_colours(page: Page) -> list[str]:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    wrong = [f"in forced colours {one}" for one in page.evaluate(UNSEEN_FOCUS, True)]
    wrong += [f"in forced colours a button without border: {one}" for one in bare(page)]
    page.emulate_media(forced_colors="none", reduced_motion="reduce")
    return wrong


def bare(page: Page) -> list[str]:
    found: list[str] = page.evaluate(BARE_BUTTONS)
    return found


def moving(page: Page) -> list[str]:
    return [f"moves for a reader who wants no motion: {one}" for one in page.evaluate(MOVES)]
