"""The marks that a map is made of: frames, fades, hatching, seals and names, as SVG."""

from markupsafe import Markup

from events_service.web.cartography import Point
from events_service.web.lettering import Side

ROUTE = Markup('<path class="ws-map__route{}" d="{}"/>')
POINT = Markup('<circle class="ws-map__city" cx="{}" cy="{}" r="3.5"/>')
_SEAL = Markup(
    '<g class="ws-map__host{}" transform="translate({:.1f} {:.1f})"><circle r="{}"/>'
    '<text class="ws-map__no" y="5.5" text-anchor="middle">{}</text></g>'
)
_NAME = Markup(
    '<g transform="translate({:.1f} {:.1f})"><text class="ws-map__name ws-map__name--{}" '
    'x="{}" y="{}" text-anchor="{}">{}</text></g>'
)
_OFFSET: dict[Side, tuple[int, int, str]] = {
    "e": (20, 6, "start"),
    "w": (-20, 6, "end"),
    "s": (0, 38, "middle"),
    "n": (0, -24, "middle"),
}


def seal(number: int, is_next: bool, at: Point, radius: int = 14) -> Markup:
    """A workshop's number; the next one in copper."""
    return _SEAL.format(" ws-map__host--next" if is_next else "", *at, radius, number)


def name(text: str, at: Point, side: Side) -> Markup:
    """A city's name at one side of its seal."""
    return _NAME.format(*at, side, *_OFFSET[side], text)


SERIES = Markup(
    '<svg class="ws-map" viewBox="0 0 {width} {height}" role="img" '
    'aria-labelledby="{uid}-title {uid}-text"><title id="{uid}-title">{title}</title>'
    '<desc id="{uid}-text">{description}</desc><defs>'
    '<pattern id="{uid}-fine" width="6" height="5" patternUnits="userSpaceOnUse">'
    '<path class="ws-map__line" d="M0 2.5H6"/></pattern>'
    '<pattern id="{uid}-wide" width="6" height="10" patternUnits="userSpaceOnUse">'
    '<path class="ws-map__line ws-map__line--wide" d="M0 5H6"/></pattern>'
    '<linearGradient id="{uid}-across"><stop offset="0" stop-color="#000"/>'
    '<stop offset=".1" stop-color="#fff"/><stop offset=".9" stop-color="#fff"/>'
    '<stop offset="1" stop-color="#000"/></linearGradient>'
    '<linearGradient id="{uid}-down" x2="0" y2="1"><stop offset="0" stop-color="#000"/>'
    '<stop offset=".08" stop-color="#fff"/><stop offset=".88" stop-color="#fff"/>'
    '<stop offset="1" stop-color="#000"/></linearGradient>'
    '<mask id="{uid}-x"><rect width="{width}" height="{height}" fill="url(#{uid}-across)"/></mask>'
    '<mask id="{uid}-y"><rect width="{width}" height="{height}" fill="url(#{uid}-down)"/></mask>'
    '<path id="{uid}-land" d="{land}"/></defs>'
    '<g mask="url(#{uid}-x)"><g mask="url(#{uid}-y)">'
    '<use class="ws-map__land" href="#{uid}-land" fill="url(#{uid}-fine)"/>'
    '<use class="ws-map__land ws-map__land--wide" href="#{uid}-land" fill="url(#{uid}-wide)"/>'
    "</g></g>{routes}{points}{seals}</svg>"
)
_OPEN = Markup(
    '<svg class="ws-vignette" viewBox="0 0 {width} {height}" role="img" '
    'aria-labelledby="{uid}-title"><title id="{uid}-title">{title}</title><defs>'
    '<pattern id="{uid}-hatch" width="6" height="5" patternUnits="userSpaceOnUse">'
    '<path class="ws-map__line" d="M0 2.5H6"/></pattern>'
    '<mask id="{uid}-m"><rect width="{width}" height="{height}" fill="url(#{uid}-g)"/></mask>'
)
_LAND = Markup('<path class="ws-map__land" fill="url(#{uid}-hatch)" d="{land}"/>')
VIGNETTE = {
    "round": _OPEN
    + Markup(
        '<radialGradient id="{uid}-g"><stop offset=".55" stop-color="#fff"/>'
        '<stop offset="1" stop-color="#000"/></radialGradient></defs><g mask="url(#{uid}-m)">'
    )
    + _LAND
    + Markup("</g>{seal}</svg>"),
    "strip": _OPEN
    + Markup(
        '<linearGradient id="{uid}-g"><stop offset="0" stop-color="#000"/>'
        '<stop offset=".12" stop-color="#fff"/><stop offset=".4" stop-color="#fff"/>'
        '<stop offset="1" stop-color="#000"/></linearGradient>'
        '<linearGradient id="{uid}-h" x2="0" y2="1"><stop offset="0" stop-color="#000"/>'
        '<stop offset=".4" stop-color="#fff"/><stop offset=".85" stop-color="#fff"/>'
        '<stop offset="1" stop-color="#555"/></linearGradient>'
        '<mask id="{uid}-n"><rect width="{width}" height="{height}" fill="url(#{uid}-h)"/></mask>'
        '</defs><g mask="url(#{uid}-m)"><g mask="url(#{uid}-n)">'
    )
    + _LAND
    + Markup("</g></g>{seal}</svg>"),
}
