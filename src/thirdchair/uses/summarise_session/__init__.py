"""`summarise_session`: a draft note from a session transcript, every sentence with its evidence."""
