"""What each person of a delegation tells about themselves, what they agreed to, and until when."""
