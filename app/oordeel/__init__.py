"""What figures say: series, differences, key figures, sentences; nothing here draws."""
