"""What the service does, as verbs, an area a package. Takes a session, flushes, never commits."""
