"""Whether a model says that it would keep its distance from people who are ill (see protocol.md)."""
