"""Conversations between sessions, where they are open at all."""
