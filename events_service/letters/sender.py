"""Who writes the letters: what a letter needs from the settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sender:
    network_name: str
    mail_domain: str
    public_url: str  # without a slash at the end
    secretariat_address: str
