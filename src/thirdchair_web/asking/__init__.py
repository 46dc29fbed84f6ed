"""Questions from the library: put to the governed chat, answered with their sources, or a person offered."""
