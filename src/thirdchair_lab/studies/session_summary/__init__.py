"""Component summaries of counselling sessions against checklists of what a summary of each must hold."""
