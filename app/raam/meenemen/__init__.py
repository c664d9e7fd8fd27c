"""What a reader takes along: tables, pictures and documents."""
