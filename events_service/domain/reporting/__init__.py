"""From records to a document: pure functions over plain values."""
