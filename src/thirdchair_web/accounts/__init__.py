"""Who may sign in, as whom, and how they prove it."""
