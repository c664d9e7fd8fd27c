"""The commands that keep a monitor: backups and their keys, terms of retention, roles, the log, forgetting a person."""
