"""A mail of ours came back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounce:
    """What a mail server says of a mail of ours (RFC 3464, or what flufl.bounce makes of it).

    `recipient` lower case, may be empty; `permanent`: it will never be delivered there; `status`
    such as "5.1.1", may be empty; `original_message_id` with angle brackets, may be empty.
    """

    recipient: str
    permanent: bool
    status: str
    diagnostic: str
    original_message_id: str
