"""How questionnaires are scored. No item is here: whoever may use an instrument brings its text as a file of their own."""
