"""Documents that are taken along: the dossier of a region and the programme monitor, as PDF, DOCX and PPTX."""
