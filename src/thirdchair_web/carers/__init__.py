"""Family and friends: general information, and nothing about the patient."""
