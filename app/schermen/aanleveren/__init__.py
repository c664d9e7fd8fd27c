"""The page Data aanleveren."""
