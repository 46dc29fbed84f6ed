"""`interpret_emotion`: what a patient's own words tell of feelings, theirs and another's. Never of staff."""
