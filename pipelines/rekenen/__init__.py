"""From the work database to indicators, with intervals and tests."""
