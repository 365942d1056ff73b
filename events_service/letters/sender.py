"""Who writes the letters: what a letter needs from the settings."""

from dataclasses import dataclass

from events_service.config import Settings


@dataclass(frozen=True)
class Sender:
    network_name: str
    mail_domain: str
    public_url: str  # without a slash at the end
    secretariat_address: str


def sender_in(settings: Settings) -> Sender:
    """Who writes, by the settings of this installation."""
    return Sender(
        network_name=settings.network_name,
        mail_domain=settings.mail_domain,
        public_url=settings.public_url,
        secretariat_address=settings.secretariat_address,
    )
