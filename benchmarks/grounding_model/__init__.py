"""An experiment: a small encoder that reads a claim beside its source (decision 0024)."""
