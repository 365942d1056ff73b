"""A summary as PDF, set by Typst: A4, tagged for PDF/UA-1, nothing fetched.

The document goes in as JSON; the template shows its strings and never reads them as markup.
Typst sees one folder, that of the templates, and our typefaces; no fonts of the system.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from events_service.config import shipped


def summary_pdf(document: Mapping[str, object], *, network: str, address: str = "") -> bytes:
    """Bytes of the PDF. `address`: where this version stays, printed at its end.

    The same document gives the same bytes: the only instant in it is its day of publication.
    """
    import typst  # here, since few processes ever set a summary

    folder = shipped("templates") / "reports"
    made: bytes = typst.compile(
        str(folder / "summary.typ"),
        root=str(folder),
        font_paths=[str(shipped("static") / "print")],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(_instant(document).timestamp()),
        sys_inputs={
            "document": json.dumps(document, ensure_ascii=False),
            "network": network,
            "address": address,
        },
    )
    return made


def _instant(document: Mapping[str, object]) -> datetime:
    day = document["published_on"]
    known = date.fromisoformat(day) if isinstance(day, str) else date(1970, 1, 1)
    return datetime.combine(known, time(), UTC)
