"""Whether a delivery is what its contract says: every check on it, safely."""
