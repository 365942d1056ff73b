"""What pages and commands read: lists and figures. Nothing here writes."""
