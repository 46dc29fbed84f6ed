"""Questionnaires, mood and sleep, and how they change over time."""
