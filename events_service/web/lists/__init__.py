"""Lists that are searched, filtered, sorted, laid out and exported, all by their address."""
