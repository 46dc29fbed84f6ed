"""`rate_suicide_risk`: a comment on a person's danger to their own life, beside the clinician's own rating."""
