"""Whether who a person is changes what is said of the same case (see protocol.md)."""
