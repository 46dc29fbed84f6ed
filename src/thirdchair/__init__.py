"""Thirdchair's core: what a model may do in care, and the one path by which it does it."""

__version__ = "0.1.0"
