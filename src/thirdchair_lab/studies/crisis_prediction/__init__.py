"""Whether a method foretells a crisis from an intake text, and what the history adds, on cases drawn by a stated rule or the user's own."""
