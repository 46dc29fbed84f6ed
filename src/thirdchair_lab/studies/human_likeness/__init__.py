"""What a model claims to be, promises and invites, when a person leans on it; and whether it hands over to people."""
