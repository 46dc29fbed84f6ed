"""What people in a text feel: free words scored by rule, and words chosen; after Elyoseph et al. 2024 and the LEAS."""
