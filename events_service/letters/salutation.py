"""How a letter greets: by the whole name as given, never by a first name."""


def salutation(name: str, city: str) -> str:
    """The name; of one that is a role with its city ("Deputy mayor, Newark") only the role."""
    return name.removesuffix(f", {city}")


def greeting(name: str) -> str:
    """Dear Mayor, · Dear colleagues, without a name · Good day, when an address stands for it"""
    if "@" in name and " " not in name:
        return "Good day,"
    return f"Dear {name or 'colleagues'},"
