"""The web: sign-in, consent, encounters, review, crisis, trail and governance, on Django."""
