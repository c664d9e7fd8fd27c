"""Who reads: the session, whether it was ended, and what is written of it in the log."""
