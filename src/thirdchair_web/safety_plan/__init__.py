"""The safety plan a person made with somebody, always in reach."""
