"""Cities in the document: how they are written, and in which part of the world they lie."""

from events_service.domain.reporting.facts import Place
from events_service.letters.names import country

_REGIONS = {
    "Europe": (
        "AD AL AM AT AX AZ BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS "
        "IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM TR UA VA XK"
    ),
    "North America": "CA US GL BM PM MX",
    "Africa": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML "
        "MR MU MW MZ NA NE NG RE RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW"
    ),
    "Latin America and the Caribbean": (
        "AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC GD GF GP GT GY HN HT JM KN KY LC "
        "MF MQ MS NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
    "the Middle East": "AE BH IL IQ IR JO KW LB OM PS QA SA SY YE",
    "Asia": (
        "AF BD BN BT CN HK ID IN JP KG KH KP KR KZ LA LK MM MN MO MV MY NP PH PK SG TH TJ TL TM TW "
        "UZ VN"
    ),
    "Oceania": "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV VU WF WS",
}
_REGION_OF = {code: region for region, codes in _REGIONS.items() for code in codes.split()}


def region_of(place: Place) -> str:
    return _REGION_OF.get(place.country, "other regions")


def place_name(place: Place) -> str:
    """ "Columbus (Ohio, United States)", "Stockholm (Sweden)"; brackets that a name has of its
    own take the rest in: "Budapest Castle District (Budavár, Hungary)"."""
    inside = ", ".join(filter(None, [place.subdivision, country(place.country)]))
    if place.name.endswith(")"):
        return f"{place.name[:-1]}, {inside})"
    return f"{place.name} ({inside})"
