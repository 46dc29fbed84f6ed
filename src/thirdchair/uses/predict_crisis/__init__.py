"""`predict_crisis`: whether a text foretells a crisis within a time, a comment beside the clinician's own answer."""
