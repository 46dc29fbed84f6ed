"""`converse`: a conversation with a patient between sessions. Registered, and closed: see intended_use.md."""
