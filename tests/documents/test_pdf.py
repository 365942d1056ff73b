"""The summary as PDF: accessible, itself when made twice, and made from nothing but its data."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from events_service.documents.pdf import summary_pdf

PRACTICE = {
    "slug": "",
    "city": "Dijon (France)",
    "title": "Open streets after school",
    "challenge": "Children had nowhere to go.",
    "approach": "Streets close to cars at three.",
    "impact": "Fewer calls to the police.",
}


def part(name: str, heading: str, **given: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"paragraphs": [], "items": [], "quotes": [], "practices": []}
    return {"part": name, "heading": heading, **empty, **given}


def document(**given: Any) -> dict[str, Any]:
    quote = {"text": "We ask before we plan.", "speaker": "A participant"}
    return {
        "event": {
            "slug": "dijon-2027",
            "kind": "workshop",
            "programme": "Open Cities Initiative",
            "city": "Dijon",
            "latitude": 47.3,
            "longitude": 5.0,
            "number": 2,
            "dates": "1\u00a0June 2027",
        },
        "title": "Public space and trust",
        "content_type": "Workshop summary",
        "published_on": "2027-07-01",
        "reading_minutes": 1,
        "parts": [
            part("description", "In brief", paragraphs=["Two cities met."], quotes=[quote]),
            part("partners", "Partners", items=["City of Dijon"]),
            part("local_governments", "Local governments represented", items=["Žilina", "Łódź"]),
            part("theme_3", "Schools", paragraphs=["Schools open late."]),
            part("practices", "Practices", practices=[PRACTICE]),
            part("for_mayors", "For mayors and cities", items=["Ask first.", "Plan then."]),
            part("for_network", "For the network", items=["Write it down."]),
            part("next_steps", "Next steps", items=["Meet again."]),
        ],
        **given,
    }


def read(made: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_it_is_tagged_for_pdf_ua_with_title_and_language() -> None:
    reader = PdfReader(BytesIO(summary_pdf(document(), network="Network of Cities")))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] is not None
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Public space and trust", None)
    xmp = catalogue["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert {round(page.mediabox.width) for page in reader.pages} == {595}  # A4, in points


def test_all_of_the_document_is_printed_once() -> None:
    text = read(
        summary_pdf(document(), network="Network of Cities", address="https://x.example.org/1")
    )
    for words in (
        "Network of Cities Open Cities Initiative",
        "Public space and trust",
        "Published 1 July 2027 1 minute’s reading",
        "Represented 2 cities",
        "“We ask before we plan.” A participant",
        "What was discussed Schools Schools open late.",
        "Žilina Łódź",
        "Challenge Children had nowhere to go.",
        "1 Ask first. 2 Plan then.",
        "For the network 3 Write it down.",
        "This version stays at https://x.example.org/1.",
    ):
        assert text.count(words) == 1, words
    assert "Draft, not published" in read(summary_pdf(document(published_on=None), network="N"))


def test_values_are_inert() -> None:
    """What Typst would run, fetch or draw as markup is printed as it stands."""
    hostile = (
        '#eval("1+1") #read("/etc/passwd") #import "@preview/cetz:0.1.0" *bold* $x^2$ '
        "= Heading https://evil.example.org \\u{41} @label"
    )
    made = summary_pdf(
        document(title=hostile, parts=[part("x", hostile, items=[hostile])]), network=hostile
    )
    text = read(made)
    assert text.count('#eval("1+1") #read("/etc/passwd")') >= 3
    links = [
        note.get_object()
        for page in PdfReader(BytesIO(made)).pages
        for note in page.get("/Annots", [])
    ]
    assert links == []


def test_nothing_but_the_templates_can_be_read(tmp_path: Path) -> None:
    """The control for the fence around Typst: outside its folder it reads nothing."""
    secret = tmp_path / "secret"
    secret.write_text("x")
    inside = tmp_path / "templates"
    inside.mkdir()
    (inside / "main.typ").write_text(f'#read("{secret}")')
    with pytest.raises(typst.TypstError):
        typst.compile(str(inside / "main.typ"), root=str(inside))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert summary_pdf(document(), network="N") == summary_pdf(document(), network="N")


def test_our_typefaces_are_set_and_no_others() -> None:
    reader = PdfReader(BytesIO(summary_pdf(document(), network="N")))
    names = set()
    for page in reader.pages:
        fonts: Any = page["/Resources"]["/Font"]
        names |= {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in fonts.values()}
    families = {name.split("-")[0].removesuffix("Roman") for name in names}
    assert families == {"Newsreader", "HankenGrotesk"}, names


def test_a_document_with_hardly_anything_in_it() -> None:
    text = read(summary_pdf(document(parts=[], title="Bare"), network="N"))
    assert "Bare" in text
    assert "Represented" not in text
