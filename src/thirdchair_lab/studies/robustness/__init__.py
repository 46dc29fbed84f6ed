"""Whether the wording or the order decides what is said of a message (see protocol.md)."""
