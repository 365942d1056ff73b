"""What comes after: spotlight partnerships and cities on their way in."""
