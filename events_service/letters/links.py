"""Addresses of pages that a letter opens. Tokens are placeholders until the mail is sent."""

from urllib.parse import quote

from events_service.letters.facts import LinkFacts
from events_service.letters.sender import Sender
from events_service.tokens import placeholder


def sign_in_url(link: LinkFacts, sender: Sender) -> str:
    return f"{sender.public_url}/sign-in/{placeholder('sign', link['number'], link['version'])}"


def city_url(link: LinkFacts, sender: Sender) -> str:
    return f"{sender.public_url}/r/{placeholder('city', link['number'], link['version'])}"


def city_home_url(link: LinkFacts, sender: Sender) -> str:
    return f"{sender.public_url}/city/enter/{placeholder('home', link['number'], link['version'])}"


def city_office_url(sender: Sender) -> str:
    """Where whoever speaks for a city asks for a link."""
    return f"{sender.public_url}/city"


def answer_url(link: LinkFacts, sender: Sender) -> str:
    return f"{sender.public_url}/a/{placeholder('answ', link['number'], link['version'])}"


def details_url(link: LinkFacts, sender: Sender) -> str:
    """Where a person tells about themselves."""
    return f"{sender.public_url}/me/{placeholder('self', link['number'], link['version'])}"


def practice_url(slug: str, sender: Sender) -> str:
    return f"{sender.public_url}/practices/{quote(slug)}"
