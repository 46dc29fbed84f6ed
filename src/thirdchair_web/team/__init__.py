"""What the software asks of people: somebody on the team takes it, does it and says so."""
