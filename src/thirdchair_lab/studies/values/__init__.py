"""The values a model gives as its own, how far they move with the asking, and what it chooses; after Hadar-Shoval et al. 2024."""
