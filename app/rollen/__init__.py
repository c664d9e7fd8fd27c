"""Pure: who may do what. Nothing here knows a screen, a request or a database."""
