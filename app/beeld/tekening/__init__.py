"""A picture of boxes with words, marks and small lines: described once, written for the page and in pixels."""
