"""A summary as PDF: A4, tagged for PDF/UA-1.

The document goes in as JSON; the template shows its strings and never reads them as markup.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from events_service.documents.typesetting import typeset


def summary_pdf(document: Mapping[str, object], *, network: str, address: str = "") -> bytes:
    """Bytes of the PDF. `address`: where this version stays, printed at its end.

    The same document gives the same bytes: the only instant in it is its day of publication.
    """
    inputs = {
        "document": json.dumps(document, ensure_ascii=False),
        "network": network,
        "address": address,
    }
    return typeset("reports", "summary.typ", inputs, at=_instant(document))


def _instant(document: Mapping[str, object]) -> datetime:
    day = document["published_on"]
    known = date.fromisoformat(day) if isinstance(day, str) else date(1970, 1, 1)
    return datetime.combine(known, time(), UTC)
