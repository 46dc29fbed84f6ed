"""Something went wrong with AI: reported in two steps, acknowledged, looked at in time; and who owes care."""
