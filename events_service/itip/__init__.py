"""Calendar data, made from plain values: knows neither tables nor settings."""
