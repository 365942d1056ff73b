"""How a letter greets: by the whole name as given, never by a first name."""


def salutation(name: str, city: str) -> str:
    """The name; of one that is a role with its city ("Deputy mayor, Newark") only the role."""
    return name.removesuffix(f", {city}")
