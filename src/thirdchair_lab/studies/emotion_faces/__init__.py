"""Whether a model that sees names what a face shows; after Elyoseph et al. 2024 and the Reading the Mind in the Eyes Test."""
