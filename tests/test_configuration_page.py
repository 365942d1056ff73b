"""docs/configuration.md tells every setting as the code has it."""

from pathlib import Path

from events_service.running.configuration import settings_as_markdown


def test_the_page_is_the_one_that_the_settings_make(root: Path):
    assert (root / "docs/configuration.md").read_text() == settings_as_markdown()
