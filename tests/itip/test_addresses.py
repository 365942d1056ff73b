import pytest

from events_service.itip.addresses import AddressNotSendable, mailto, sendable


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("a@example.org", "a@example.org"),
        ("Office.A+b@EXAMPLE.org", "Office.A+b@example.org"),
        ("mayor@bücher.example", "mayor@xn--bcher-kva.example"),
        ("mayor@BÜCHER.example", "mayor@xn--bcher-kva.example"),
        ("o'neill=x/y@example.org", "o'neill=x/y@example.org"),
    ],
)
def test_a_domain_is_written_in_ascii(address: str, written: str) -> None:
    assert sendable(address) == written


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mayor",
        "@example.org",
        "mayor@",
        "mayor@localhost",
        "jürgen@example.org",
        "two words@example.org",
        '"quoted"@example.org',
        "a..b@example.org",
        ".a@example.org",
        "a@example..org",
        "a@exa mple.org",
        "a@example.org\r\nBcc: b@example.net",
        "alice@city.example]<mallory@evil.example>",
        "a@-.example",
        "x" * 65 + "@example.org",
    ],
)
def test_what_cannot_be_written_to_is_refused(address: str) -> None:
    with pytest.raises(AddressNotSendable, match="cannot be written to") as refusal:
        sendable(address)
    assert refusal.value.address == address


def test_a_uri_quotes_what_uris_reserve() -> None:
    assert mailto("o'neill&x=y/z?+1@Example.org") == "mailto:o'neill%26x%3Dy%2Fz%3F+1@example.org"
