"""How delivered text is read: characters, names, periods, and YAML as typed objects."""
