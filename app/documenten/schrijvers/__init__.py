"""One writer per format: PDF, DOCX, PPTX."""
