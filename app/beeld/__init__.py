"""What is drawn: the visual system, charts, pictures, workbooks; nothing here knows a page."""
