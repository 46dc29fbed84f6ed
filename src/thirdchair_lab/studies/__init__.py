"""One folder for each study: its protocol, written first; stimuli, norms, code."""
