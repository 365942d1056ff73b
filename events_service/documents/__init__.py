"""Documents to carry away, made from plain values."""
