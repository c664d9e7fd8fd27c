"""What the programme brings about: ambitions, course, pijlers, budget."""
