"""`answer_question`: a question about mental health, answered in sentences of the library, each with its passage."""
