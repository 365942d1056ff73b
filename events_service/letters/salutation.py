"""How a letter greets: by the whole name as given, never by a first name."""

from events_service.translation import gettext as _


def salutation(name: str, city: str) -> str:
    """The name; of one that is a role with its city ("Deputy mayor, Newark") only the role."""
    return name.removesuffix(f", {city}")


def greeting(name: str) -> str:
    """Dear Mayor, · Dear colleagues, without a name · Good day, when an address stands for it"""
    if "@" in name and " " not in name:
        return _("Good day,")
    return _("Dear %(name)s,", name=name) if name else _("Dear colleagues,")
