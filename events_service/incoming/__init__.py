"""Mail that comes in, read into plain values: knows neither tables nor settings."""
