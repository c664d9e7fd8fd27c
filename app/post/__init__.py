"""Mail to who asked for it: on a new publication, a signal, or an agreement whose last day is near."""
