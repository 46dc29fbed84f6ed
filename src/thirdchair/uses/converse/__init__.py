"""`converse`: a conversation with a patient between sessions. By a cleared model alone, and open to few: see intended_use.md."""
