"""The page on which one asks for mail, and where the links in a mail lead; loaded where there is mail alone."""
