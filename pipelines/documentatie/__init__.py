"""The reference in docs/: written from contracts, catalogue and glossary, and held against them in a test."""
