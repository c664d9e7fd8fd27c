"""The files of a warehouse: how they are written and opened, and which publications are kept, whole or not released."""
