"""Measuring and training, outside the product: nothing here is installed with it."""
