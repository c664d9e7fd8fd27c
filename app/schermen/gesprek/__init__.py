"""Voortgangsgesprek: the dossier of one region and what the committee writes."""
