"""What becomes of mail that comes in: archived first, then matched, applied or held."""
