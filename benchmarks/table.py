"""The table that is printed at the end."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured figure, the median of several runs unless its name says otherwise."""

    what: str
    value: float
    unit: str
    target: str


def printed(rows: list[Row]) -> str:
    wide = max(len(row.what) for row in rows)
    lines = [f"{'':{wide}}  {'measured':>12}  target"]
    for row in rows:
        figure = f"{row.value:,.0f}" if abs(row.value) >= 10 else f"{row.value:.2f}"
        lines.append(f"{row.what:{wide}}  {figure + ' ' + row.unit:>12}  {row.target}")
    return "\n".join(lines)
