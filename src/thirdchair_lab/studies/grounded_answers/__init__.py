"""Whether answers about mental health say what must be said, say nothing false, and stay silent without a source."""
