"""What which lever would bring."""
