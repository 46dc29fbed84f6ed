"""`draft_document`: a report, letter, sheet or message, drafted from lines it must cite; always a draft."""
