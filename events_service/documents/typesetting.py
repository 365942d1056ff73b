"""Typst: PDF tagged for PDF/UA-1, from data as JSON and our own typefaces, nothing fetched.

Our typefaces and those inside Typst have the letters of most scripts. Where a name needs others
(Chinese, say), the system's fonts are asked; where these lack them too, the letters are printed as
empty boxes, since one name must not keep everybody's papers from being printed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from events_service.config import shipped

LACKS = "could not be displayed with font"


def typeset(folder: str, template: str, inputs: Mapping[str, str], *, at: datetime) -> bytes:
    """Bytes of the PDF. `folder`, below templates/, is all that Typst can read; `at`: the instant
    in the file's metadata. The same inputs give the same bytes."""
    import typst  # here, since few processes ever set a document

    root = shipped("templates") / folder
    given: dict[str, Any] = {
        "input": str(root / template),
        "root": str(root),
        "font_paths": [str(shipped("static") / "print")],
        "format": "pdf",
        "timestamp": int(at.timestamp()),
        "sys_inputs": dict(inputs),
    }
    for system_fonts in (False, True):
        try:
            made: bytes = typst.compile(
                **given, ignore_system_fonts=not system_fonts, pdf_standards="ua-1"
            )
        except typst.TypstError as error:
            if LACKS not in str(error):
                raise
        else:
            return made
    boxes: bytes = typst.compile(**given, ignore_system_fonts=False)
    return boxes
