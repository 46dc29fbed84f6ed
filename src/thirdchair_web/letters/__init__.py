"""What clinicians and patients write to each other, and whose words they are."""
