"""Measures with their intervals and sources, the same in studies and in live monitoring."""
