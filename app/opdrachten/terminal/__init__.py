"""How a command is typed and how it answers: Dutch, on whatever terminal, with what to say when it fails."""
